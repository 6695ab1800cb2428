import type { Registration } from "../simulation/mocks/run";
import {
  canAssume,
  easiest,
  parameterReads,
  type Reader,
  readParameter,
  readSecret,
} from "./access";
import {
  collectFacts,
  type DoctorContext,
  type Facts,
  type MountedObject,
  readsAs,
  type Role,
  type RoleLink,
  type StoredParameter,
  type StoredSecret,
  type Workload,
} from "./facts";
import { decide, type Decision, like, type Statement, type Verdict } from "./iam";
import { isUnknownText } from "../simulation/wire/unknown";
import { byText } from "../simulation/wire/values";

/** Who in a program can read a secret, or a SecureString of Parameter Store. */
export interface SecretReaders {
  /** Name of the secret or the parameter. */
  readonly secret: string;
  readonly urn: string;
  readonly readers: readonly SecretReader[];
  /**
   * Whether one ServiceAccount can read it and nobody else in the program. `unknown` where a
   * policy was not understood or somebody's policies cannot be seen: see `undecided`.
   */
  readonly exclusive: boolean | "unknown";
  /** What keeps the answer from being certain. */
  readonly undecided: readonly string[];
}

/** One way to the secret's value. */
export interface SecretReader {
  readonly secret: string;
  /** `NAMESPACE/NAME`; `null` for a principal that no ServiceAccount of the program leads to. */
  readonly serviceAccount: string | null;
  /** The IAM principal, or the Kubernetes Secret through which it is read. */
  readonly role: string;
  /** The policy statement that allows it; `null` for a Kubernetes Secret. */
  readonly statement: string | null;
  /** The workloads whose pods hold it thereby. */
  readonly pods: readonly string[];
  readonly verdict: Exclude<Verdict, "denied">;
}

/** The readers of every secret and SecureString of a program, by their names. */
export const readersOf = (
  registrations: readonly Registration[],
  context: DoctorContext,
): readonly SecretReaders[] => readersIn(collectFacts(registrations, context));

/** The same for facts that are collected already. */
export function readersIn(facts: Facts): readonly SecretReaders[] {
  const paths = pathsOf(facts);
  const { all, parameters } = facts.secrets;
  return [
    ...all.map((secret) => readableSecret(secret, facts)),
    ...parameters
      .filter(({ isSecure }) => isSecure)
      .map((parameter) => readableParameter(parameter, facts)),
  ]
    .map((readable) => readersOfValue(readable, paths, facts))
    .sort(byText(({ secret }) => secret));
}

/** What somebody may read, and how AWS is asked for it. */
interface Readable {
  readonly name: string;
  readonly urn: string;
  /** Of its own resource policies. */
  readonly policy: StoredSecret["policy"];
  /** The calls that give its value. */
  readonly requests: readonly { readonly action: string; readonly resource: string }[];
  readonly isIn: (object: MountedObject) => boolean;
  readonly read: (reader: Reader) => { readonly read: Decision; readonly decrypt?: Decision };
}

const readableSecret = (secret: StoredSecret, { context, keys }: Facts): Readable => ({
  name: secret.name,
  urn: secret.urn,
  policy: secret.policy,
  requests: [{ action: "secretsmanager:GetSecretValue", resource: secret.arn }],
  isIn: (object) => object.secret === secret,
  read: (reader) => readSecret(reader, secret.arn, secret.region, secret, context, keys),
});

const readableParameter = (parameter: StoredParameter, { context, keys }: Facts): Readable => ({
  name: parameter.name,
  urn: parameter.urn,
  policy: [],
  requests: parameterReads(parameter),
  isIn: (object) => object.value === parameter,
  read: (reader) => readParameter(reader, parameter, context, keys),
});

/** A way from a ServiceAccount to a role. */
interface Path {
  readonly role: Role;
  readonly link?: RoleLink;
  readonly namespace?: string;
  readonly serviceAccount?: string;
  readonly trust: Decision;
  readonly pods: readonly string[];
}

/** Every role with each ServiceAccount that may take it, and each role that none may. */
function pathsOf({
  accounts,
  context,
  oidcProviders,
  principals,
  workloads,
}: Facts): readonly Path[] {
  const links = [
    ...accounts.all.flatMap((account) => {
      const link = accounts.link(account, account.name, "IRSA");
      return link === undefined ? [] : [{ ...account, serviceAccount: account.name, link }];
    }),
    ...accounts.associations.map((association) => ({ ...association, link: association })),
  ];
  const taken = links.flatMap(({ cluster, namespace, serviceAccount, link }): Path[] => {
    const { role } = readsAs(link);
    if (role === undefined) return [];
    const trust = canAssume(link, { namespace, serviceAccount }, context, oidcProviders);
    if (trust.verdict === "denied") return [];
    const runsAs = (workload: Workload): boolean =>
      workload.cluster === cluster &&
      workload.namespace === namespace &&
      workload.serviceAccount === serviceAccount;
    const pods = workloads.filter(runsAs).map(({ label }) => label);
    return [{ role, link, namespace, serviceAccount, trust, pods }];
  });
  const withAccount = new Set(taken.map(({ role }) => role));
  const others = principals.roles
    .filter((role) => !withAccount.has(role))
    .filter(({ trust }) => trust.some(({ effect }) => effect !== "Deny"))
    .map((role): Path => ({ role, trust: { verdict: "allowed" }, pods: [] }));
  return [...taken, ...others];
}

function readersOfValue(secret: Readable, paths: readonly Path[], facts: Facts): SecretReaders {
  const byRole = paths.flatMap((path) => readerBy(path, secret, facts));
  const readers = [...byRole, ...otherReaders(secret, facts)];
  const all = [...readers, ...syncedReaders(secret, byRole, facts)];
  const undecided = [
    ...all.filter(({ verdict }) => verdict === "unknown").map(({ role }) => role),
    ...facts.principals.unseen,
    // It may let in principals of other accounts, which are not of this program.
    ...secret.policy.filter(({ effect }) => effect !== "Deny").map(({ label }) => label),
  ];
  return {
    secret: secret.name,
    urn: secret.urn,
    readers: all,
    exclusive: exclusivity(all, undecided),
    undecided: [...new Set(undecided)],
  };
}

function exclusivity(
  readers: readonly SecretReader[],
  undecided: readonly string[],
): SecretReaders["exclusive"] {
  const allowed = readers.filter(({ verdict }) => verdict === "allowed");
  const accounts = new Set(
    allowed.map(({ serviceAccount, role }) => serviceAccount ?? `role ${role}`),
  );
  if (accounts.size > 1) return false;
  if (undecided.length > 0) return "unknown";
  return accounts.size === 1 && allowed.every(({ serviceAccount }) => serviceAccount !== null);
}

function readerBy(path: Path, secret: Readable, facts: Facts): readonly SecretReader[] {
  if (secret.policy.length === 0 && !mayName(path.role, secret, facts.context)) return [];
  const { role, namespace, serviceAccount, trust, pods } = path;
  const { read, decrypt } = secret.read({ ...path, ownAccount: facts.ownAccount });
  const verdict = together([trust, read, ...(decrypt === undefined ? [] : [decrypt])]);
  if (verdict === "denied") return [];
  const account =
    namespace === undefined || serviceAccount === undefined
      ? null
      : `${namespace}/${serviceAccount}`;
  const statement = read.statement ?? null;
  return [
    { secret: secret.name, serviceAccount: account, role: role.name, statement, pods, verdict },
  ];
}

/** By role and action: how what its policies permit begins. */
const beginnings = new WeakMap<Role, Map<string, readonly string[]>>();

/**
 * Whether a role's policies can permit a request at all. Asking each role about each secret in full would
 * be the square of the stack, and most begin with another name.
 */
function mayName(role: Role, { requests }: Readable, { accountId }: DoctorContext): boolean {
  const known = beginnings.get(role) ?? new Map<string, readonly string[]>();
  beginnings.set(role, known);
  return requests.some(({ action, resource }) => {
    const begins = known.get(action) ?? beginningsOf(role, action, accountId);
    known.set(action, begins);
    return isUnknownText(resource) || begins.some((start) => resource.startsWith(start));
  });
}

const beginningsOf = ({ identity }: Role, action: string, accountId: string): readonly string[] => [
  ...new Set(
    identity
      .filter(({ actions, effect }) => effect !== "Deny" && mayBe(actions, action))
      .flatMap(({ resources, understood }) =>
        resources === undefined || resources.negated || !understood
          ? [""]
          : resources.patterns.map((pattern) => beginningOf(pattern, accountId)),
      ),
  ),
];

const mayBe = ({ patterns, negated }: Statement["actions"], action: string): boolean =>
  negated ||
  patterns.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()) !== false);

/** Up to what may stand for anything: the number of another account may turn out to be this one's. */
function beginningOf(pattern: string, accountId: string): string {
  const isOfOther = (pattern.match(/\b\d{12}\b/g) ?? []).some((number) => number !== accountId);
  return isOfOther || isUnknownText(pattern) ? "" : pattern.replace(/[*?$].*/s, "");
}

function together(decisions: readonly Decision[]): Verdict {
  const verdicts = decisions.map(({ verdict }) => verdict);
  if (verdicts.includes("denied")) return "denied";
  return verdicts.includes("unknown") ? "unknown" : "allowed";
}

/** Users and groups, of which nothing but their policies is known. */
function otherReaders(secret: Readable, { principals }: Facts): readonly SecretReader[] {
  return principals.others.flatMap(({ label, identity }) => {
    const decisions = secret.requests.map((request) => decide(identity, request));
    const { verdict, statement = null } = easiest(decisions);
    if (verdict === "denied") return [];
    return [
      { secret: secret.name, serviceAccount: null, role: label, statement, pods: [], verdict },
    ];
  });
}

/** Pods that take the value from the Kubernetes Secret which another pod's mount makes. */
function syncedReaders(
  secret: Readable,
  byRole: readonly SecretReader[],
  { mounts, workloads }: Facts,
): readonly SecretReader[] {
  const holders = new Set(byRole.flatMap(({ pods }) => pods));
  const synced = mounts
    .filter(({ objects }) => objects.some((object) => secret.isIn(object)))
    // A mount that fails makes no Secret.
    .filter(({ workload }) => holders.has(workload.label))
    .flatMap(({ providerClass }) =>
      providerClass.secretObjects.map(({ secretName }) => ({ providerClass, secretName })),
    );
  const found = synced.flatMap(({ providerClass, secretName }) =>
    workloads
      .filter(
        ({ cluster, namespace, secretUses }) =>
          cluster === providerClass.cluster &&
          namespace === providerClass.namespace &&
          secretUses.some((use) => use.secretName === secretName),
      )
      .filter(({ label }) => !holders.has(label))
      .map(({ namespace, serviceAccount, label }): SecretReader => ({
        secret: secret.name,
        serviceAccount: `${namespace}/${serviceAccount}`,
        role: `Secret ${namespace}/${secretName}`,
        statement: null,
        pods: [label],
        verdict: "allowed",
      })),
  );
  return [
    ...new Map(found.map((reader) => [`${reader.role} ${reader.pods.join()}`, reader])).values(),
  ];
}
