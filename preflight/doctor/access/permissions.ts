import { access, type Decision, type Policies, type RequestContext } from "../iam";
import type {
  DoctorContext,
  KeyPolicies,
  Mount,
  MountedObject,
  Role,
  RoleLink,
  StoredSecret,
} from "../facts";
import { withAccount } from "./account";

/** What the provider asks AWS for, for one mounted secret or parameter. */
export interface ReadAccess {
  readonly object: MountedObject;
  /** What findings call it. */
  readonly label: string;
  readonly action: "secretsmanager:GetSecretValue" | "ssm:GetParameters";
  readonly read: Decision;
  /** Only for secrets. */
  readonly describe?: Decision;
  /** Only for a secret with a key of its own. */
  readonly decrypt?: Decision;
}

/** Who asks: a role, and what is laid on the session. */
export interface Reader {
  readonly role: Role;
  readonly link?: RoleLink;
  /** Where the pods are, for what Pod Identity tells about them. */
  readonly namespace?: string;
  readonly serviceAccount?: string;
}

/** Whether a role may read what a mount names. */
export function readAccess(
  reader: Reader,
  { region }: Mount,
  object: MountedObject,
  context: DoctorContext,
  keyPolicies: KeyPolicies,
): ReadAccess {
  const { objectName } = object.descriptor;
  const label = object.secret?.name ?? objectName;
  if (object.service === "ssmparameter") {
    const action = "ssm:GetParameters";
    const arn = parameterArn(objectName, region, context);
    return { object, label, action, read: mayDo(reader, action, arn, context, {}) };
  }
  const { secret } = object;
  const arn = secret?.arn ?? secretArn(objectName, region, reader.role, context);
  const about = { secret, region };
  const ask = (action: string): Decision => mayDo(reader, action, arn, context, about);
  const { read, decrypt } = readSecret(reader, arn, region, secret, context, keyPolicies);
  return {
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
  keyPolicies: KeyPolicies,
): { readonly read: Decision; readonly decrypt?: Decision } {
  const read = mayDo(reader, "secretsmanager:GetSecretValue", arn, context, { secret, region });
  const key = secret?.kmsKeyArn;
  if (key === undefined || key.includes("alias/aws/secretsmanager")) return { read };
  return { read, decrypt: mayDecrypt(reader, key, arn, region, context, keyPolicies) };
}

interface About {
  readonly secret?: StoredSecret | undefined;
  readonly region?: string;
}

function mayDo(
  reader: Reader,
  action: string,
  arn: string,
  context: DoctorContext,
  { secret, region = context.region }: About,
): Decision {
  const tags = Object.entries(secret?.tags ?? {}).flatMap(([tag, value]) => [
    [`aws:resourcetag/${tag.toLowerCase()}`, value] as const,
    [`secretsmanager:resourcetag/${tag.toLowerCase()}`, value] as const,
  ]);
  const keys = contextOf(reader, context, [["aws:requestedregion", region], ...tags]);
  return ask(reader, action, arn, keys, context, secret?.policy);
}

/**
 * Secrets Manager decrypts in the caller's name, and says which secret it is for.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
function mayDecrypt(
  reader: Reader,
  key: string,
  secretArn: string,
  region: string,
  context: DoctorContext,
  keyPolicies: KeyPolicies,
): Decision {
  const suffix = context.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const keys = contextOf(reader, context, [
    ["kms:viaservice", `secretsmanager.${region}.${suffix}`],
    ["kms:calleraccount", context.accountId],
    ["kms:encryptioncontext:secretarn", secretArn],
  ]);
  const arn = key.startsWith("arn:")
    ? key
    : `arn:${context.partition}:kms:${region}:${context.accountId}:key/${key}`;
  const decision = ask(reader, "kms:Decrypt", arn, keys, context, keyPolicies.get(key));
  // An alias does not tell which key it stands for, and policies name keys.
  const isUnknown = decision.verdict === "denied" && decision.statement === undefined;
  return isUnknown && key.includes("alias/") ? { verdict: "unknown" } : decision;
}

function ask(
  { role, link }: Reader,
  action: string,
  resource: string,
  keys: RequestContext,
  { accountId }: DoctorContext,
  resourcePolicy: Policies["resource"] = [],
): Decision {
  const session = link?.sessionPolicy;
  const limits = [...role.limits, ...(session === undefined ? [] : [session])];
  const principal = { kind: "AWS", id: role.arn } as const;
  const request = { action, resource, principal, context: keys };
  return withAccount(accountId, role.identity, (identity) =>
    access({ identity, limits, resource: resourcePolicy }, request),
  );
}

/** What is known of any request that a pod's session makes. */
function contextOf(
  { role, link, namespace, serviceAccount }: Reader,
  { accountId }: DoctorContext,
  more: readonly (readonly [string, string])[],
): RequestContext {
  const session =
    link?.tagsSession === true && namespace !== undefined && serviceAccount !== undefined
      ? ([
          ["aws:principaltag/kubernetes-namespace", namespace],
          ["aws:principaltag/kubernetes-service-account", serviceAccount],
          ["aws:principaltag/eks-cluster-name", link.clusterName ?? ""],
        ] as const)
      : [];
  const known = new Map([
    ["aws:principalarn", role.arn],
    ["aws:principalaccount", accountId],
    ["aws:resourceaccount", accountId],
    ["aws:securetransport", "true"],
    ...session,
    ...more,
  ]);
  return (key) => {
    const value = known.get(key);
    return value === undefined ? "unknown" : [value];
  };
}

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

function parameterArn(
  name: string,
  region: string,
  { partition, accountId }: DoctorContext,
): string {
  if (name.startsWith("arn:")) return name;
  const path = name.startsWith("/") ? name : `/${name}`;
  return `arn:${partition}:ssm:${region}:${accountId}:parameter${path}`;
}
