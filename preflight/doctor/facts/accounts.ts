import type { Registration } from "../../simulation/mocks/run";
import { type Statement, statementsOf } from "../iam";
import { holdsUnknown, isUnknownText, UNKNOWN } from "../../simulation/wire/unknown";
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
  /** Whether it has one that is known only after the update. */
  readonly isRoleUnknown: boolean;
}

/** A role by its address. */
export interface RoleAddress {
  readonly roleArn: string;
  /** `undefined` for a role outside the program. */
  readonly role: Role | undefined;
}

/** What leads from a ServiceAccount to a role. */
export interface RoleLink extends RoleAddress {
  readonly mode: IdentityMode;
  /** The ServiceAccount or the association. */
  readonly urn: string;
  /** The role that Pod Identity takes by the first one, which has no part in the session then. */
  readonly target?: RoleAddress;
  /** Name of the cluster that the association is for. */
  readonly clusterName?: string;
  /** Policy that the association lays on each session. */
  readonly sessionPolicy?: readonly Statement[];
  /** Whether Pod Identity tags the session, which the role must then permit. */
  readonly tagsSession: boolean;
}

/** The role as which the pods read. */
export const readsAs = ({ target, roleArn, role }: RoleLink): RoleAddress =>
  target ?? { roleArn, role };

interface Association extends RoleLink, ObjectLocation {
  readonly serviceAccount: string;
  /** Whether only the update will tell for which pods it is. */
  readonly isPodUnknown: boolean;
}

/** A patch gives the ServiceAccount of somebody else a role. */
const ACCOUNT = /^kubernetes:core\/v\w+:ServiceAccount(?:Patch)?$/;
const CLUSTER = /^(?:aws:eks\/cluster:Cluster|eks:index:Cluster)$/;
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
  readonly #clusters: Clusters;
  /** Whether the program has a part in the way from pods to roles: an association, a role, a cluster. */
  readonly #linksPods: boolean;

  constructor(
    registrations: readonly Registration[],
    clusters: Clusters,
    roles: readonly Role[],
    references: References,
  ) {
    this.#clusters = clusters;
    this.#byArn = new Map(
      roles.filter(({ arn }) => !isUnknownText(arn)).map((role) => [role.arn, role]),
    );
    this.#byName = new Map(roles.map((role) => [role.name, role]));
    this.#linksPods =
      registrations.some(({ type }) => type === ASSOCIATION || CLUSTER.test(type)) ||
      roles.some(({ trust }) => JSON.stringify(trust).includes("pods.eks.amazonaws.com"));
    const byUrn = new Map(roles.map((role) => [role.urn, role]));
    const roleOf = (registration: Registration, arn: string, property: string) =>
      this.#roleOf(arn) ?? byUrn.get(references.behind(registration, property, ROLE)[0] ?? "");

    this.all = registrations
      .filter(({ type }) => ACCOUNT.test(type))
      .map((registration) => {
        const properties = opened(registration);
        const roleArn = textOf(at(properties, "metadata", "annotations", IRSA_ANNOTATION));
        const isRoleUnknown = [
          at(properties, "metadata"),
          at(properties, "metadata", "annotations"),
          at(properties, "metadata", "annotations", IRSA_ANNOTATION),
        ].includes(UNKNOWN);
        const object = objectOf(registration, properties, clusters);
        const label = `ServiceAccount ${object.namespace}/${object.name}`;
        return { ...object, label, roleArn, isRoleUnknown };
      });
    // A patch of an account of the program is found in its place.
    this.#accounts = new ObjectIndex([
      ...this.all.filter(({ roleArn }) => roleArn === undefined),
      ...this.all.filter(({ roleArn }) => roleArn !== undefined),
    ]);
    this.associations = registrations
      .filter(({ type }) => type === ASSOCIATION)
      .map((registration) => {
        const properties = opened(registration);
        const text = (property: string): string => textOf(properties[property]) ?? "";
        const session = textOf(properties.policy);
        const address = (property: string): RoleAddress => ({
          roleArn: text(property),
          role: roleOf(registration, text(property), property),
        });
        return {
          mode: "Pod Identity",
          urn: registration.urn,
          ...address("roleArn"),
          ...(properties.targetRoleArn !== undefined && { target: address("targetRoleArn") }),
          clusterName: text("clusterName"),
          ...(session !== undefined && { sessionPolicy: statementsOf("session policy", session) }),
          tagsSession: properties.disableSessionTags !== true,
          cluster: clusters.numberOfName(text("clusterName")),
          namespace: text("namespace"),
          serviceAccount: text("serviceAccount"),
          isPodUnknown: ["clusterName", "namespace", "serviceAccount"].some((property) =>
            holdsUnknown(properties[property]),
          ),
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
    if (mode === "Pod Identity") {
      return (
        this.#associations.get(linkKey(place, serviceAccount)) ??
        this.#elsewhere(place, serviceAccount)
      );
    }
    const account = this.find(place, serviceAccount);
    if (account?.roleArn === undefined) return undefined;
    const { urn, roleArn } = account;
    return { mode, urn, roleArn, role: this.#roleOf(roleArn), tagsSession: false };
  }

  /**
   * Whether the pods may have a role that the program does not tell: its name is known only after the
   * update, or it has no part in associations, which another stack then makes.
   */
  mayBeLinkedElsewhere(place: ObjectLocation, serviceAccount: string, mode: IdentityMode): boolean {
    const { roleArn, isRoleUnknown = false } = this.find(place, serviceAccount) ?? {};
    if (mode === "IRSA") return isRoleUnknown;
    // Whoever annotates the ServiceAccount means the other way.
    if (isRoleUnknown || roleArn !== undefined) return false;
    return !this.#linksPods || this.associations.some(({ isPodUnknown }) => isPodUnknown);
  }

  /** An association names its cluster; which one that is, not every provider says. */
  #elsewhere(place: ObjectLocation, serviceAccount: string): Association | undefined {
    if (this.#clusters.isNamed(place.cluster)) return undefined;
    const found = this.associations.filter(
      (each) => each.namespace === place.namespace && each.serviceAccount === serviceAccount,
    );
    return found.length === 1 ? found[0] : undefined;
  }
}

const IRSA_ANNOTATION = "eks.amazonaws.com/role-arn";

const linkKey = ({ cluster, namespace }: ObjectLocation, serviceAccount: string): string =>
  `${cluster} ${namespace}/${serviceAccount}`;
