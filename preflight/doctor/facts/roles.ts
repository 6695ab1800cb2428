import type { Registration } from "../../simulation/mocks/run";
import { managedPolicy, type Statement, statementsOf, unreadable } from "../iam";
import { HOLE } from "../../simulation/wire/unknown";
import { at, listOf, textOf } from "../../simulation/wire/values";
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

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";
const OWN_POLICY: Readonly<Record<string, string | undefined>> = {
  "aws:iam/rolePolicy:RolePolicy": "role",
  "aws:iam/userPolicy:UserPolicy": "user",
  "aws:iam/groupPolicy:GroupPolicy": "group",
};
const ATTACHMENT: Readonly<Record<string, readonly string[] | undefined>> = {
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["role"],
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": ["user"],
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": ["group"],
  "aws:iam/policyAttachment:PolicyAttachment": ["roles", "users", "groups"],
};
/** Lists of all that somebody has attached. What is attached besides is taken away again. */
const EXCLUSIVE: Readonly<Record<string, string | undefined>> = {
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "role",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "user",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "group",
};
const PRINCIPAL: Readonly<Record<string, string | undefined>> = {
  [ROLE]: "role",
  "aws:iam/user:User": "user",
  "aws:iam/group:Group": "group",
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
  const attached = new Attachments();
  for (const registration of relevant) {
    const kind = EXCLUSIVE[registration.type];
    if (kind === undefined) continue;
    const properties = opened(registration);
    const arns = listOf(properties.policyArns).map(textOf);
    const statements = arns.flatMap((arn) =>
      arn === undefined
        ? unreadable(`policy attached by ${registration.name}`)
        : policies.byArn(arn),
    );
    const property = `${kind}Name`;
    const holder = properties[property];
    attached.add(kind, holder, registration, references, statements, { property });
    if (arns.every((arn) => arn !== undefined)) attached.restrict(kind, holder, arns);
  }
  for (const registration of relevant) {
    const property = OWN_POLICY[registration.type];
    const properties = opened(registration);
    if (property !== undefined) {
      const { policy } = openedWithHoles(registration);
      const statements = statementsOf(`policy ${registration.name}`, policy);
      attached.add(property, properties[property], registration, references, statements);
    }
    for (const list of ATTACHMENT[registration.type] ?? []) {
      const statements = policies.attachedBy(registration, properties, references);
      for (const holder of listed(properties[list])) {
        attached.add(list.replace(/s$/, ""), holder, registration, references, statements, {
          property: list,
          policyArn: textOf(properties.policyArn),
        });
      }
    }
  }

  const roles: Role[] = [];
  const others: OtherPrincipal[] = [];
  for (const registration of relevant) {
    const kind = PRINCIPAL[registration.type];
    if (kind === undefined) continue;
    const properties = opened(registration);
    const name = textOf(properties.name) ?? registration.name;
    const identity = [
      ...attached.of(kind, name, registration.urn),
      ...ownPolicies(registration, properties, policies),
    ];
    const grants = attached.grantsTo(kind, name, registration.urn);
    if (kind === "role") {
      roles.push({ ...roleOf(registration, place, name, identity, policies), grants });
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
  name: string,
  identity: readonly Statement[],
  policies: PolicyIndex,
): Omit<Role, "grants"> {
  const properties = opened(registration);
  const boundary = textOf(properties.permissionsBoundary);
  return {
    urn: registration.urn,
    arn: textOf(properties.arn) ?? `arn:${partition}:iam::${accountId}:role/${HOLE}`,
    name,
    trust: statementsOf(
      `trust of ${registration.name}`,
      openedWithHoles(registration).assumeRolePolicy,
    ),
    identity,
    limits: boundary === undefined ? [] : [policies.byArn(boundary)],
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
    ...listOf(openedWithHoles(registration).inlinePolicies).flatMap((policy) =>
      statementsOf(`policy ${textOf(at(policy, "name")) ?? name}`, at(policy, "policy")),
    ),
    ...listOf(properties.managedPolicyArns).flatMap((arn) => policies.byArn(textOf(arn) ?? "")),
  ];
}

/** The policies that are resources of their own, and those that AWS keeps. */
class PolicyIndex {
  readonly #byArn = new Map<string, readonly Statement[]>();
  readonly #byUrn = new Map<string, readonly Statement[]>();

  constructor(registrations: readonly Registration[]) {
    for (const registration of registrations) {
      if (registration.type !== POLICY) continue;
      const properties = opened(registration);
      const { policy } = openedWithHoles(registration);
      const statements = statementsOf(`policy ${registration.name}`, policy);
      this.#byUrn.set(registration.urn, statements);
      const arn = textOf(properties.arn);
      if (arn !== undefined) this.#byArn.set(arn, statements);
    }
  }

  byArn(arn: string): readonly Statement[] {
    return this.#byArn.get(arn) ?? managedPolicy(arn);
  }

  attachedBy(
    registration: Registration,
    properties: Readonly<Record<string, unknown>>,
    references: References,
  ): readonly Statement[] {
    const arn = textOf(properties.policyArn);
    if (arn !== undefined) return this.byArn(arn);
    const [urn] = references.behind(registration, "policyArn", POLICY);
    const statements = urn === undefined ? undefined : this.#byUrn.get(urn);
    return statements ?? [unreadable(`policy attached by ${registration.name}`)];
  }
}

interface Attachment {
  readonly urn: string;
  readonly statements: readonly Statement[];
  /** Of a policy that is a resource of its own, where that is known. */
  readonly policyArn: string | undefined;
}

/** A role may be named by its ARN, of which the name is the end. */
const idOf = (kind: string, key: string): string =>
  `${kind} ${key.startsWith("arn:") ? key.slice(key.lastIndexOf("/") + 1) : key}`;

/** Statements by holder: its name, or where that is not known, the resource that the name came from. */
class Attachments {
  readonly #grants = new Map<string, readonly Attachment[]>();
  /** All that a holder is to have, where a list says so. */
  readonly #lists = new Map<string, ReadonlySet<string>>();
  /** What is attached to somebody who cannot be told. */
  readonly lost: string[] = [];

  add(
    kind: string,
    holder: unknown,
    registration: Registration,
    references: References,
    statements: readonly Statement[],
    {
      property = kind,
      policyArn,
    }: { readonly property?: string; readonly policyArn?: string } = {},
  ): void {
    const type = Object.keys(PRINCIPAL).find((each) => PRINCIPAL[each] === kind) ?? ROLE;
    const name = textOf(holder);
    const keys = name === undefined ? references.behind(registration, property, type) : [name];
    if (keys.length === 0) this.lost.push(`policy ${registration.name}`);
    for (const key of keys) {
      const id = idOf(kind, key);
      const grant = { urn: registration.urn, statements, policyArn };
      this.#grants.set(id, [...(this.#grants.get(id) ?? []), grant]);
    }
  }

  /** Has a holder lose what a list of all its policies leaves out. */
  restrict(kind: string, holder: unknown, arns: readonly string[]): void {
    const name = textOf(holder);
    if (name !== undefined) this.#lists.set(idOf(kind, name), new Set(arns));
  }

  grantsTo(kind: string, name: string, urn: string): Role["grants"] {
    const list = this.#lists.get(idOf(kind, name));
    return [name, urn]
      .flatMap((key) => this.#grants.get(`${kind} ${key}`) ?? [])
      .filter(({ policyArn }) => policyArn === undefined || list?.has(policyArn) !== false);
  }

  of(kind: string, name: string, urn: string): readonly Statement[] {
    return this.grantsTo(kind, name, urn).flatMap(({ statements }) => statements);
  }
}
