import type { Registration } from "../../simulation/mocks/run";
import { type Statement, statementsOf } from "../iam";
import { at, textOf } from "../../simulation/wire/values";
import type { IdentityMode } from "./classes";
import {
  type Clusters,
  type KubernetesObject,
  ObjectIndex,
  objectOf,
  opened,
  type ObjectLocation,
} from "./location";
import type { References } from "./references";
import type { Role } from "./roles";

export interface ServiceAccount extends KubernetesObject {
  /** Value of the annotation that IRSA reads. */
  readonly roleArn: string | undefined;
}

/** What leads from a ServiceAccount to a role. */
export interface RoleLink {
  readonly mode: IdentityMode;
  /** The ServiceAccount or the association. */
  readonly urn: string;
  readonly roleArn: string;
  /** `undefined` for a role outside the program. */
  readonly role: Role | undefined;
  /** Name of the cluster that the association is for. */
  readonly clusterName?: string;
  /** Policy that the association lays on each session. */
  readonly sessionPolicy?: readonly Statement[];
  /** Whether Pod Identity tags the session, which the role must then permit. */
  readonly tagsSession: boolean;
}

interface Association extends RoleLink, ObjectLocation {
  readonly serviceAccount: string;
}

/** A patch annotates an account that somebody else makes, such as `default`. */
const ACCOUNT = /^kubernetes:core\/v\w+:ServiceAccount(?:Patch)?$/;
const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const ROLE = "aws:iam/role:Role";

/** The ServiceAccounts of a program, and the roles that their pods can take. */
export class Accounts {
  readonly all: readonly ServiceAccount[];
  readonly associations: readonly Association[];
  readonly #accounts: ObjectIndex<ServiceAccount>;
  readonly #associations = new Map<string, RoleLink>();
  readonly #byArn: ReadonlyMap<string, Role>;
  readonly #byName: ReadonlyMap<string, Role>;

  constructor(
    registrations: readonly Registration[],
    clusters: Clusters,
    roles: readonly Role[],
    references: References,
  ) {
    this.#byArn = new Map(roles.map((role) => [role.arn, role]));
    this.#byName = new Map(roles.map((role) => [role.name, role]));
    const byUrn = new Map(roles.map((role) => [role.urn, role]));
    const roleOf = (registration: Registration, arn: string, property: string) =>
      this.#roleOf(arn) ?? byUrn.get(references.behind(registration, property, ROLE)[0] ?? "");

    this.all = registrations
      .filter(({ type }) => ACCOUNT.test(type))
      .map((registration) => {
        const properties = opened(registration);
        const roleArn = textOf(at(properties, "metadata", "annotations", IRSA_ANNOTATION));
        const object = objectOf(registration, properties, clusters);
        return { ...object, label: `ServiceAccount ${object.namespace}/${object.name}`, roleArn };
      });
    this.#accounts = new ObjectIndex(this.all);
    this.associations = registrations
      .filter(({ type }) => type === ASSOCIATION)
      .map((registration) => {
        const properties = opened(registration);
        const text = (property: string): string => textOf(properties[property]) ?? "";
        const session = textOf(properties.policy);
        return {
          mode: "Pod Identity",
          urn: registration.urn,
          roleArn: text("roleArn"),
          role: roleOf(registration, text("roleArn"), "roleArn"),
          clusterName: text("clusterName"),
          ...(session !== undefined && { sessionPolicy: statementsOf("session policy", session) }),
          tagsSession: properties.disableSessionTags !== true,
          cluster: clusters.numberOfName(text("clusterName")),
          namespace: text("namespace"),
          serviceAccount: text("serviceAccount"),
        };
      });
    for (const association of this.associations) {
      this.#associations.set(linkKey(association, association.serviceAccount), association);
    }
  }

  /** By its ARN; also by its name, which is not what is wanted and tells which role is meant. */
  #roleOf(address: string): Role | undefined {
    return this.#byArn.get(address) ?? this.#byName.get(address);
  }

  find(place: ObjectLocation, name: string): ServiceAccount | undefined {
    return this.#accounts.find(place, name);
  }

  /** The role that pods of a ServiceAccount take, the way their class wants it. */
  link(place: ObjectLocation, serviceAccount: string, mode: IdentityMode): RoleLink | undefined {
    if (mode === "Pod Identity") return this.#associations.get(linkKey(place, serviceAccount));
    const account = this.find(place, serviceAccount);
    if (account?.roleArn === undefined) return undefined;
    const { urn, roleArn } = account;
    return { mode, urn, roleArn, role: this.#roleOf(roleArn), tagsSession: false };
  }
}

const IRSA_ANNOTATION = "eks.amazonaws.com/role-arn";

const linkKey = ({ cluster, namespace }: ObjectLocation, serviceAccount: string): string =>
  `${cluster} ${namespace}/${serviceAccount}`;
