import type { Registration } from "../../simulation/mocks/run";
import { managedPolicy, type Statement, statementsOf, unreadable } from "../iam";
import { HOLE, isLate } from "../../simulation/wire/unknown";
import { at, listOf, recordOf, textOf } from "../../simulation/wire/values";
import { opened, openedWithHoles } from "./location";
import type { References } from "./references";

/** An IAM role of the program, with everything that the program says it may do. */
export interface Role {
  readonly urn: string;
  /** With a hole where it is known only after the update. */
  readonly arn: string;
  readonly name: string;
  readonly trust: readonly Statement[];
  readonly identity: readonly Statement[];
  /** URNs of the resources that give it statements. */
  readonly grants: readonly { readonly urn: string; readonly statements: readonly Statement[] }[];
  /** Keys of its own tags, which each session of it has as well; `undefined` where they are not known. */
  readonly tagKeys: readonly string[] | undefined;
  /** A permissions boundary, if there is one. */
  readonly limits: readonly (readonly Statement[])[];
}

/** Somebody else who may have permissions: a user or a group. */
export interface OtherPrincipal {
  readonly urn: string;
  readonly label: string;
  readonly identity: readonly Statement[];
}

export interface Principals {
  readonly roles: readonly Role[];
  readonly others: readonly OtherPrincipal[];
  /** What makes principals that cannot be seen from here. */
  readonly unseen: readonly string[];
}

const POLICY = "aws:iam/policy:Policy";

type Kind = "role" | "user" | "group";
const KINDS: readonly Kind[] = ["role", "user", "group"];
const PRINCIPAL: Readonly<Record<Kind, string>> = {
  role: "aws:iam/role:Role",
  user: "aws:iam/user:User",
  group: "aws:iam/group:Group",
};
const OWN_POLICY: Readonly<Record<string, Kind | undefined>> = {
  "aws:iam/rolePolicy:RolePolicy": "role",
  "aws:iam/userPolicy:UserPolicy": "user",
  "aws:iam/groupPolicy:GroupPolicy": "group",
};
/** Whom what is attached to, and the property that says so. */
const ATTACHMENTS: readonly (readonly [type: string, kind: Kind, property: string])[] = [
  ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role", "role"],
  ["aws:iam/userPolicyAttachment:UserPolicyAttachment", "user", "user"],
  ["aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "group", "group"],
  ["aws:iam/policyAttachment:PolicyAttachment", "role", "roles"],
  ["aws:iam/policyAttachment:PolicyAttachment", "user", "users"],
  ["aws:iam/policyAttachment:PolicyAttachment", "group", "groups"],
];
/** Lists of all that somebody has attached. What is attached besides is taken away again. */
const EXCLUSIVE: Readonly<Record<string, Kind | undefined>> = {
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "role",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "user",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "group",
};

/**
 * Components that make roles inside their provider, and all that those roles may do.
 *
 * @see https://github.com/pulumi/pulumi-eks/blob/master/nodejs/eks/cluster/cluster.ts
 */
const UNDERSTOOD_COMPONENTS: readonly string[] = [
  "eks:index:Cluster",
  "eks:index:ManagedNodeGroup",
];

/** Where the program is deployed. */
interface Place {
  readonly partition: string;
  readonly accountId: string;
}

/** The principals of a program, each with the policies that are attached to it anywhere. */
export function principalsOf(
  registrations: readonly Registration[],
  references: References,
  place: Place,
): Principals {
  const relevant = registrations.filter(({ type }) => type.startsWith("aws:iam/"));
  const policies = new PolicyIndex(relevant);
  const attached = new Attachments(references);
  for (const registration of relevant) {
    const kind = EXCLUSIVE[registration.type];
    if (kind === undefined) continue;
    const { policyArns, ...properties } = opened(registration);
    const property = `${kind}Name`;
    const holder = properties[property];
    const statements = policies.listedBy(registration, policyArns);
    attached.add(kind, property, holder, registration, statements);
    const arns = listed(policyArns).map(textOf);
    if (arns.every((arn) => arn !== undefined)) attached.restrict(kind, holder, arns);
  }
  for (const registration of relevant) {
    const kind = OWN_POLICY[registration.type];
    if (kind !== undefined) {
      const { policy } = openedWithHoles(registration);
      const statements = statementsOf(`policy ${registration.name}`, policy);
      attached.add(kind, kind, opened(registration)[kind], registration, statements);
    }
    const attachments = ATTACHMENTS.filter(([type]) => type === registration.type);
    if (attachments.length === 0) continue;
    const properties = opened(registration);
    const policyArn = textOf(properties.policyArn);
    const statements = policies.behind(registration, "policyArn", references);
    for (const [, holding, property] of attachments) {
      for (const holder of listed(properties[property])) {
        attached.add(holding, property, holder, registration, statements, policyArn);
      }
    }
  }

  const roles: Role[] = [];
  const others: OtherPrincipal[] = [];
  for (const registration of relevant) {
    const kind = KINDS.find((each) => PRINCIPAL[each] === registration.type);
    if (kind === undefined) continue;
    const properties = opened(registration);
    const name = textOf(properties.name) ?? registration.name;
    const identity = [
      ...attached.of(kind, name, registration.urn),
      ...ownPolicies(registration, properties, policies),
    ];
    const grants = attached.grantsTo(kind, name, registration.urn);
    if (kind === "role") {
      const limits =
        properties.permissionsBoundary === undefined
          ? []
          : [policies.behind(registration, "permissionsBoundary", references)];
      roles.push({ ...roleOf(registration, place), name, identity, grants, limits });
    } else others.push({ urn: registration.urn, label: `IAM ${kind} ${name}`, identity });
  }
  const unseen = registrations
    .filter(({ remote, type }) => remote && !type.startsWith("kubernetes:"))
    .filter(({ type }) => !UNDERSTOOD_COMPONENTS.includes(type))
    .map(({ type, name }) => `${type} ${name}`);
  return { roles, others, unseen: [...unseen, ...attached.lost] };
}

const listed = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? listOf(value) : value === undefined ? [] : [value];

function roleOf(
  registration: Registration,
  { partition, accountId }: Place,
): Pick<Role, "urn" | "arn" | "trust" | "tagKeys"> {
  const { arn, tags } = opened(registration);
  return {
    urn: registration.urn,
    arn: textOf(arn) ?? `arn:${partition}:iam::${accountId}:role/${HOLE}`,
    trust: statementsOf(
      `trust of ${registration.name}`,
      openedWithHoles(registration).assumeRolePolicy,
    ),
    tagKeys: isLate(tags) ? undefined : Object.keys(recordOf(tags)),
  };
}

/** `inlinePolicies` and `managedPolicyArns` of a role. */
function ownPolicies(
  registration: Registration,
  properties: Readonly<Record<string, unknown>>,
  policies: PolicyIndex,
): readonly Statement[] {
  const { name } = registration;
  return [
    ...listed(openedWithHoles(registration).inlinePolicies).flatMap((policy) =>
      statementsOf(`policy ${textOf(at(policy, "name")) ?? name}`, at(policy, "policy")),
    ),
    ...policies.listedBy(registration, properties.managedPolicyArns),
  ];
}

/** The policies that are resources of their own, and those that AWS keeps. */
class PolicyIndex {
  readonly #byArn = new Map<string | undefined, readonly Statement[]>();
  readonly #byUrn = new Map<string | undefined, readonly Statement[]>();

  constructor(registrations: readonly Registration[]) {
    for (const registration of registrations) {
      if (registration.type !== POLICY) continue;
      const properties = opened(registration);
      const { policy } = openedWithHoles(registration);
      const statements = statementsOf(`policy ${registration.name}`, policy);
      this.#byUrn.set(registration.urn, statements);
      this.#byArn.set(textOf(properties.arn), statements);
    }
  }

  /** The policies whose ARNs a list holds. */
  listedBy({ name }: Registration, arns: unknown): readonly Statement[] {
    return listed(arns).flatMap((each) => {
      const arn = textOf(each);
      return arn === undefined ? unreadable(`policy attached by ${name}`) : this.#byArnOf(arn);
    });
  }

  /** The one policy whose ARN a property holds. */
  behind(
    registration: Registration,
    property: string,
    references: References,
  ): readonly Statement[] {
    const arn = textOf(opened(registration)[property]);
    if (arn !== undefined) return this.#byArnOf(arn);
    const [urn] = references.behind(registration, property, POLICY);
    return this.#byUrn.get(urn) ?? [unreadable(`policy attached by ${registration.name}`)];
  }

  #byArnOf(arn: string): readonly Statement[] {
    return this.#byArn.get(arn) ?? managedPolicy(arn);
  }
}

interface Attachment {
  readonly urn: string;
  readonly statements: readonly Statement[];
  /** Of a policy that is a resource of its own, where that is known. */
  readonly policyArn: string | undefined;
}

/** A role may be named by its ARN, of which the name is the end. */
const idOf = (kind: Kind, key: string): string =>
  `${kind} ${key.startsWith("arn:") ? key.slice(key.lastIndexOf("/") + 1) : key}`;

/** Statements by holder: its name, or where that is not known, the resource that the name came from. */
class Attachments {
  readonly #grants = new Map<string, readonly Attachment[]>();
  /** All that a holder is to have, where a list says so. */
  readonly #lists = new Map<string, ReadonlySet<string>>();
  /** What is attached to somebody who cannot be told. */
  readonly lost: string[] = [];
  readonly #references: References;

  constructor(references: References) {
    this.#references = references;
  }

  /** @param property of the registration that names the holder */
  add(
    kind: Kind,
    property: string,
    holder: unknown,
    registration: Registration,
    statements: readonly Statement[],
    policyArn?: string,
  ): void {
    const name = textOf(holder);
    const keys =
      name === undefined
        ? this.#references.behind(registration, property, PRINCIPAL[kind])
        : [name];
    if (keys.length === 0) this.lost.push(`policy ${registration.name}`);
    for (const key of keys) {
      const id = idOf(kind, key);
      const grant = { urn: registration.urn, statements, policyArn };
      this.#grants.set(id, [...(this.#grants.get(id) ?? []), grant]);
    }
  }

  /** Has a holder lose what a list of all its policies leaves out. */
  restrict(kind: Kind, holder: unknown, arns: readonly string[]): void {
    const name = textOf(holder);
    if (name !== undefined) this.#lists.set(idOf(kind, name), new Set(arns));
  }

  grantsTo(kind: Kind, name: string, urn: string): Role["grants"] {
    const list = this.#lists.get(idOf(kind, name));
    return [name, urn]
      .flatMap((key) => this.#grants.get(`${kind} ${key}`) ?? [])
      .filter(({ policyArn }) => policyArn === undefined || list?.has(policyArn) !== false);
  }

  of(kind: Kind, name: string, urn: string): readonly Statement[] {
    return this.grantsTo(kind, name, urn).flatMap(({ statements }) => statements);
  }
}
