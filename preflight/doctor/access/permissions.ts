import {
  access,
  accountOf,
  type Decision,
  type RequestContext,
  type Statement,
  unreadable,
} from "../iam";
import {
  type DoctorContext,
  type KmsKeys,
  LATE_NAMESPACE,
  type Mount,
  type MountedObject,
  replicaIn,
  type Role,
  type RoleLink,
  type StoredParameter,
  type StoredSecret,
  type StoredValue,
} from "../facts";
import { HOLE } from "../../simulation/wire/unknown";
import { accountOfRole, accountsIn, type Rename, renamed, whicheverAccount } from "./account";

/** What the provider asks AWS for, for one mounted secret or parameter. */
export interface ReadAccess {
  /** Who reads. */
  readonly role: Role;
  readonly object: MountedObject;
  /** What findings call it. */
  readonly label: string;
  readonly action: "secretsmanager:GetSecretValue" | "ssm:GetParameters";
  readonly read: Decision;
  /** Only for secrets. */
  readonly describe?: Decision;
  /** Only for a value with a key of its own. */
  readonly decrypt?: Decision;
}

/** Who asks: a role, and what is laid on the session. */
export interface Reader {
  readonly role: Role;
  readonly link?: RoleLink;
  /** Where the pods are, for what Pod Identity tells about them. */
  readonly namespace?: string;
  readonly serviceAccount?: string;
  /** Number of the program's account, where the program says it. */
  readonly ownAccount?: string | undefined;
}

/** Whether a role may read what a mount names. */
export function readAccess(
  reader: Reader,
  { region }: Mount,
  object: MountedObject,
  context: DoctorContext,
  keys: KmsKeys,
): ReadAccess {
  const { role } = reader;
  const { objectName } = object.descriptor;
  const isReplica = object.secret !== undefined && object.secret.region !== region;
  const label = `${object.secret?.name ?? objectName}${isReplica ? ` in ${region}` : ""}`;
  if (object.service === "ssmparameter") {
    const action = "ssm:GetParameters";
    const arn = parameterArn(objectName, region, context);
    const read = mayDo(reader, action, arn, context, { what: "the parameter" });
    const asked = { arn, region, value: object.value };
    const decrypt = mayUseKey(reader, "kms:Decrypt", PARAMETER, asked, context, keys);
    return { role, object, label, action, read, ...(decrypt !== undefined && { decrypt }) };
  }
  const secret = object.secret && secretIn(object.secret, region);
  const arn = secret?.arn ?? secretArn(objectName, region, role, context);
  const about = { what: "the secret", secret, region };
  const ask = (action: string): Decision => mayDo(reader, action, arn, context, about);
  const { read, decrypt } = readSecret(reader, arn, region, secret, context, keys);
  return {
    role,
    object,
    label,
    action: "secretsmanager:GetSecretValue",
    read,
    describe: ask("secretsmanager:DescribeSecret"),
    ...(decrypt !== undefined && { decrypt }),
  };
}

/** Whether a role may get a secret's value, and decrypt it where it has a key of its own. */
export function readSecret(
  reader: Reader,
  arn: string,
  region: string,
  secret: StoredSecret | undefined,
  context: DoctorContext,
  keys: KmsKeys,
): { readonly read: Decision; readonly decrypt?: Decision } {
  const at = { arn, region, secret };
  const { call, key } = secretCall(reader, "secretsmanager:GetSecretValue", at, context, keys);
  return { read: call, ...(key !== undefined && { decrypt: key }) };
}

/** The calls that give a parameter's value: those for a path are allowed on it or on what is above it. */
export function parameterReads({
  arn,
}: StoredParameter): readonly { readonly action: string; readonly resource: string }[] {
  const [start = "", path = ""] = arn.split(":parameter");
  const steps = path.split("/");
  const above = steps.map((_, index) => `${start}:parameter${steps.slice(0, index + 1).join("/")}`);
  return [
    ...["ssm:GetParameters", "ssm:GetParameter", "ssm:GetParameterHistory"].map((action) => ({
      action,
      resource: arn,
    })),
    ...above.map((resource) => ({ action: "ssm:GetParametersByPath", resource })),
  ];
}

/** Whether a role may get a parameter's value by one call or another, and decrypt it where it has a key of its own. */
export function readParameter(
  reader: Reader,
  parameter: StoredParameter,
  context: DoctorContext,
  keys: KmsKeys,
): { readonly read: Decision; readonly decrypt?: Decision } {
  const { arn, region } = parameter;
  const about = { what: "the parameter", region };
  const read = easiest(
    parameterReads(parameter).map(({ action, resource }) =>
      mayDo(reader, action, resource, context, about),
    ),
  );
  const asked = { arn, region, value: parameter };
  const decrypt = mayUseKey(reader, "kms:Decrypt", PARAMETER, asked, context, keys);
  return { read, ...(decrypt !== undefined && { decrypt }) };
}

/** Of several ways the one that is allowed, else one that may be. */
export const easiest = (decisions: readonly Decision[]): Decision =>
  decisions.find(({ verdict }) => verdict === "allowed") ??
  decisions.find(({ verdict }) => verdict === "unknown") ?? { verdict: "denied" };

/** A secret that is asked for by its ARN; `secret` where it is in the program. */
export interface AskedSecret {
  readonly arn: string;
  readonly region: string;
  readonly secret: StoredSecret | undefined;
}

/** What Secrets Manager has to do with a secret's key, in the caller's name. */
const KEY_ACTIONS: Readonly<Record<string, KeyAction | undefined>> = {
  "secretsmanager:GetSecretValue": "kms:Decrypt",
  "secretsmanager:PutSecretValue": "kms:GenerateDataKey",
};

/** Whether a role may make a call of Secrets Manager about a secret, and use the secret's own key for it. */
export function secretCall(
  reader: Reader,
  action: string,
  { arn, region, secret }: AskedSecret,
  context: DoctorContext,
  keys: KmsKeys,
): { readonly call: Decision; readonly key?: Decision } {
  const call = mayDo(reader, action, arn, context, { what: "the secret", secret, region });
  const needed = KEY_ACTIONS[action];
  const key =
    needed && mayUseKey(reader, needed, SECRET, { arn, region, value: secret }, context, keys);
  return { call, ...(key !== undefined && { key }) };
}

/** How a service asks KMS in the caller's name, and says which of its values it is for. */
interface Encryption {
  readonly service: "secretsmanager" | "ssm";
  readonly contextKey: "secretarn" | "parameter_arn";
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
const SECRET: Encryption = { service: "secretsmanager", contextKey: "secretarn" };
/** @see https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html */
const PARAMETER: Encryption = { service: "ssm", contextKey: "parameter_arn" };

type KeyAction = "kms:Decrypt" | "kms:GenerateDataKey";

/** A value that has a key. */
interface Encrypted {
  readonly arn: string;
  readonly region: string;
  readonly value: StoredValue | undefined;
}

/** `undefined` where the key is the one that AWS keeps, which needs no permission. */
function mayUseKey(
  reader: Reader,
  action: KeyAction,
  encryption: Encryption,
  { arn, region, value }: Encrypted,
  context: DoctorContext,
  keys: KmsKeys,
): Decision | undefined {
  const key = value?.kmsKeyArn;
  const decide = (address: string): Decision =>
    mayUse(reader, action, encryption, address, { arn, region }, context, keys);
  if (key !== undefined) {
    return key.includes(`alias/aws/${encryption.service}`) ? undefined : decide(key);
  }
  if (value?.isKeyLate !== true) return undefined;
  // It may turn out to be the key that AWS keeps.
  const decision = decide(HOLE);
  return decision.verdict === "allowed"
    ? decision
    : { verdict: "unknown", statement: "its KMS key is known only after the update" };
}

/** Whether a role may make a call about a resource that has no policy of its own. */
export const mayCall = (
  reader: Reader,
  action: string,
  arn: string,
  context: DoctorContext,
): Decision => mayDo(reader, action, arn, context, { what: "the resource" });

interface About {
  /** What findings call it. */
  readonly what: string;
  readonly secret?: StoredSecret | undefined;
  readonly region?: string;
}

function mayDo(
  reader: Reader,
  action: string,
  arn: string,
  context: DoctorContext,
  { what, secret, region = context.region }: About,
): Decision {
  const tags = Object.entries(secret?.tags ?? {}).flatMap(([tag, value]) => [
    [`aws:resourcetag/${tag.toLowerCase()}`, value] as const,
    [`secretsmanager:resourcetag/${tag.toLowerCase()}`, value] as const,
  ]);
  const keys = contextOf(reader, arn, context, [["aws:requestedregion", region], ...tags]);
  const resource = { arn, what, ...(secret !== undefined && { policy: secret.policy }) };
  return ask(reader, action, resource, keys, context);
}

/**
 * A policy names the key: the ARN of an alias permits nothing on it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
function mayUse(
  reader: Reader,
  action: KeyAction,
  { service, contextKey }: Encryption,
  address: string,
  { arn: valueArn, region }: Pick<Encrypted, "arn" | "region">,
  context: DoctorContext,
  keys: KmsKeys,
): Decision {
  const { partition, accountId } = context;
  const key = keys.find(address, region);
  const [, alias] = /(?:^|:)(alias\/.+)$/.exec(address) ?? [];
  const account = address.startsWith("arn:") ? accountOf(address) : accountId;
  const id = alias === undefined ? address : HOLE;
  const arn =
    key?.arn ??
    (address.startsWith("arn:") && alias === undefined
      ? address
      : `arn:${partition}:kms:${region}:${account}:key/${id}`);
  const suffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const conditions = contextOf(reader, arn, context, [
    ["kms:viaservice", `${service}.${region}.${suffix}`],
    ["kms:calleraccount", accountId],
    [`kms:encryptioncontext:${contextKey}`, valueArn],
    ...(alias === undefined ? [] : [["kms:requestalias", alias] as const]),
  ]);
  const { policy, grants = [] } = key ?? {};
  const resource = { arn, what: "the KMS key", isKey: true, policy, grants };
  return ask(reader, action, resource, conditions, context);
}

/** What is asked for. */
interface Resource {
  readonly arn: string;
  /** What findings call it. */
  readonly what: string;
  /** Its own policy, where the program says one. */
  readonly policy?: readonly Statement[] | undefined;
  readonly isKey?: boolean;
  /** What a key permits beside its policy. */
  readonly grants?: readonly Statement[];
}

const IN_ACCOUNT = "in account";

/** Whether a decision rests on a policy that is in no program but another account's. */
export const isOfOtherAccount = ({ statement = "" }: Decision): boolean =>
  statement.startsWith("the policy of ") && statement.includes(` ${IN_ACCOUNT} `);

/**
 * In an account of its own a resource without a policy leaves the decision to IAM, and so does, by
 * default, a key that is not in the program. In another account its policy decides as well, and
 * that is in no program but its own.
 */
function ask(
  { role, link, ownAccount }: Reader,
  action: string,
  { arn, what, policy, isKey = false, grants = [] }: Resource,
  keys: RequestContext,
  { accountId }: DoctorContext,
): Decision {
  const session = link?.sessionPolicy;
  const limits = [...role.limits, ...(session === undefined ? [] : [session])];
  const own = ownAccount ?? accountOfRole(role, accountId);
  const owner = accountOf(arn);
  const isElsewhere = `the policy of ${what} ${IN_ACCOUNT} ${owner}, which must allow it as well`;
  const doubt = own === undefined ? " unless that is the role's own account" : "";
  const mentioned = [role.identity, ...limits, policy ?? [], grants].flatMap((statements) =>
    accountsIn(statements, accountId),
  );
  const numbers = [...mentioned, ...(owner === accountId ? [] : [owner])];

  const decideAs = (rename: Rename): Decision => {
    const resource = rename(arn);
    const isOwn = accountOf(resource) === accountId;
    return access(
      {
        identity: renamed(role.identity, rename),
        limits: limits.map((limit) => renamed(limit, rename)),
        resource:
          isOwn || policy
            ? renamed([...(policy ?? []), ...grants], rename)
            : [unreadable(isElsewhere + doubt)],
        needs: !isOwn ? "both" : isKey && policy !== undefined ? "key" : "either",
      },
      {
        action,
        resource,
        principal: { kind: "AWS", id: rename(role.arn) },
        context: (key) => {
          const values = keys(key);
          return typeof values === "string" ? values : values.map(rename);
        },
      },
    );
  };
  const decision = whicheverAccount(numbers, accountId, decideAs, own);
  // The role's account is written down, and the resource's is whichever the program is for.
  const isDoubtful = owner === accountId && accountOf(role.arn) !== accountId;
  return isDoubtful && decision.verdict === "allowed"
    ? { verdict: "unknown", statement: `whether ${what} is in account ${accountOf(role.arn)}` }
    : decision;
}

/** What is known of any request that a pod's session makes. */
function contextOf(
  { role, link, namespace, serviceAccount }: Reader,
  resource: string,
  { accountId }: DoctorContext,
  more: readonly (readonly [string, string])[],
): RequestContext {
  const session = link?.tagsSession === true ? sessionTags(link, namespace, serviceAccount) : [];
  const isTaggedByRole = (key: string): boolean =>
    role.tagKeys?.some((each) => `aws:principaltag/${each.toLowerCase()}` === key) !== false;
  const known = new Map([
    ["aws:principalarn", role.arn],
    ["aws:principalaccount", accountId],
    ["aws:resourceaccount", accountOf(resource)],
    ["aws:securetransport", "true"],
    ...session,
    ...more,
  ]);
  return (key) => {
    const value = known.get(key);
    if (value !== undefined) return [value];
    const isUntagged = link?.tagsSession === false && SESSION_TAG.test(key) && !isTaggedByRole(key);
    return isUntagged ? "absent" : "unknown";
  };
}

/** What Pod Identity alone puts on a session, unless it is told not to. */
const SESSION_TAG =
  /^aws:principaltag\/(?:eks-cluster-(?:arn|name)|kubernetes-(?:namespace|service-account|pod-(?:name|uid)))$/;

/** @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html */
const sessionTags = (
  { clusterName }: RoleLink,
  namespace: string | undefined,
  serviceAccount: string | undefined,
): readonly (readonly [string, string])[] =>
  Object.entries({
    "kubernetes-namespace": namespace === LATE_NAMESPACE ? undefined : namespace,
    "kubernetes-service-account": serviceAccount,
    "eks-cluster-name": clusterName === "" ? undefined : clusterName,
  }).flatMap(([tag, value]) => (value === undefined ? [] : [[`aws:principaltag/${tag}`, value]]));

/**
 * ARN of a secret outside the program. Its six last characters are not known, unless a policy that
 * names the secret has them.
 */
function secretArn(
  name: string,
  region: string,
  { identity }: Role,
  { partition, accountId }: DoctorContext,
): string {
  if (name.startsWith("arn:")) return name;
  const known = identity
    .flatMap(({ resources }) => resources?.patterns ?? [])
    .find((pattern) => {
      const [, resource] = pattern.split(":secret:");
      return resource?.slice(0, -7) === name && /-[A-Za-z0-9]{6}$/.test(resource);
    });
  return known ?? `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-AbCdEf`;
}

/** A replica has the ARN of its secret, but for the region, and a key of its own region. */
function secretIn(secret: StoredSecret, region: string): StoredSecret {
  const replica = region === secret.region ? undefined : replicaIn(secret, region);
  if (replica === undefined) return secret;
  const { kmsKeyArn, isKeyLate } = replica;
  const arn = secret.arn.replace(/^(arn:[^:]*:[^:]*:)[^:]*:/, `$1${region}:`);
  return { ...secret, arn, kmsKeyArn, isKeyLate };
}

function parameterArn(
  name: string,
  region: string,
  { partition, accountId }: DoctorContext,
): string {
  if (name.startsWith("arn:")) return name;
  const path = name.startsWith("/") ? name : `/${name}`;
  return `arn:${partition}:ssm:${region}:${accountId}:parameter${path}`;
}
