import { arn, holds, names, namesKey } from "./common";
import { ARN } from "./values";
import { among } from "../among";
import { type Properties, type Reference, type ResourceRequest, text } from "../model";
import { all, atLeast, between, form, oneOf, sized, type ValueRule } from "../value-rules";

/**
 * PostgreSQL's own names: they are what the project deploys.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export const SQL_NAME = form(
  /^[A-Za-z]\w{0,62}$/,
  "be 1 to 63 letters, digits and underscores, a letter first",
);

/**
 * Words that RDS keeps for itself with PostgreSQL. It knows more of them than it tells.
 *
 * @see https://github.com/aws-cloudformation/cfn-lint/pull/4425
 */
const RESERVED = {
  database: form(/^(?!(db|rdsadmin)$)/i, "not be db or rdsadmin"),
  username: form(
    /^(?!(admin|rdsadmin|user)$|pg_)/i,
    "not be admin, rdsadmin or user, nor begin with pg_",
  ),
};

/** Errors about the names of the first database and of the master user, by the inputs that give them. */
export function reservedNames(
  inputs: Properties,
  names: Readonly<Record<keyof typeof RESERVED, string>>,
): readonly string[] {
  if (!["postgres", "aurora-postgresql"].includes(text(inputs.engine))) return [];
  return (["database", "username"] as const).flatMap((kind) => {
    const value = inputs[names[kind]];
    const error = value === undefined ? undefined : RESERVED[kind](value);
    return error === undefined ? [] : [`${names[kind]} of PostgreSQL ${error}`];
  });
}

export const PASSWORD = all(
  sized(8, 128),
  form(/^[!-~]+$/, "consist of printable ASCII characters without a space"),
  form(/^[^/"@]+$/, 'have none of the characters / " @'),
);

export const IDENTIFIER = form(
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  "be lower-case letters, digits and single hyphens, a letter first and no hyphen last",
);

const SNAPSHOT_NAME = all(
  sized(1, 255),
  form(
    /^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/,
    "be letters, digits and single hyphens, a letter first and no hyphen last",
  ),
);

export const ENGINE_VERSION = form(/^\d+(\.[\w.-]+)?$/, "begin with a number, such as 17 or 17.4");

export const CERTIFICATE_AUTHORITY = form(
  /^rds-ca-[a-z0-9-]+$/,
  "be an authority, such as rds-ca-rsa2048-g1",
);

/** A week, so many months of 31 days, or two years. */
const INSIGHTS_DAYS = oneOf(
  ...[7, ...Array.from({ length: 23 }, (_, month) => 31 * (month + 1)), 731],
);

/** Of whatever has Performance Insights and monitoring. */
export const OBSERVED_VALUES: Readonly<Record<string, ValueRule>> = {
  performanceInsightsKmsKeyId: ARN,
  performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
  monitoringInterval: oneOf(0, 1, 5, 10, 15, 30, 60),
};

export const OBSERVED_REFERENCES: Readonly<Record<string, Reference>> = {
  performanceInsightsKmsKeyId: namesKey,
  monitoringRoleArn: names("role"),
};

/** Of a database, whether an instance or a cluster. */
export const DATABASE_VALUES: Readonly<Record<string, ValueRule>> = {
  finalSnapshotIdentifier: SNAPSHOT_NAME,
  engineVersion: ENGINE_VERSION,
  port: between(1150, 65_535),
  kmsKeyId: ARN,
  ...OBSERVED_VALUES,
  iops: atLeast(0),
  networkType: oneOf("IPV4", "DUAL"),
  engineLifecycleSupport: oneOf(
    "open-source-rds-extended-support",
    "open-source-rds-extended-support-disabled",
  ),
};

/** Each account has one of its own. */
export const SUBNET_GROUP: Reference = {
  ...holds("subnetGroup"),
  builtIn: (name) => name === "default",
};

/** The same group, or one of those that each account has for an engine. */
export const orDefault = (group: Reference): Reference => ({
  ...group,
  builtIn: (name) => name.startsWith("default."),
});

export const DATABASE_REFERENCES: Readonly<Record<string, Reference>> = {
  dbSubnetGroupName: SUBNET_GROUP,
  "vpcSecurityGroupIds[]": holds("securityGroup"),
  kmsKeyId: namesKey,
  masterUserSecretKmsKeyId: namesKey,
  ...OBSERVED_REFERENCES,
};

/** An error where a database lacks what it needs, and is not made from something that has it. */
export function missingFrom(
  inputs: Properties,
  kind: "cluster" | "instance",
  { origins, needed, passwords }: Readonly<Record<"origins" | "needed" | "passwords", string[]>>,
): readonly string[] {
  if (among(inputs, origins).possibly.length > 0) return [];
  const missing = needed.filter((name) => inputs[name] === undefined);
  const hasPassword = among(inputs, passwords).possibly.length > 0;
  const all = [...missing, ...(hasPassword ? [] : passwords.slice(0, 1))];
  return all.length === 0 ? [] : [`a new ${kind} needs ${all.join(", ")}`];
}

/** The engine's own port. */
export const defaultPort = (engine: string): number =>
  /mysql|maria|^aurora$/.test(engine) ? 3306 : 5432;

/** Of the names that RDS gives. */
export const HOSTED_ZONE = "Z1RLNUO7B9Q6NB";

/** A host name of RDS in the account and region of a request. */
export const hostOf = (
  { account, identifier }: ResourceRequest,
  name: string,
  kind: "" | "cluster-" | "cluster-ro-" | "proxy-" = "",
): string =>
  `${name}.${kind}${identifier("c", 11).replace("-", "")}.${account.region}.rds.${account.dnsSuffix}`;

/**
 * The secret that RDS makes and rotates for the master user, where it is asked to.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
export function managedSecret(request: ResourceRequest, kind: "db" | "cluster"): Properties {
  const { manageMasterUserPassword, masterUserSecretKmsKeyId } = request.inputs;
  if (manageMasterUserPassword !== true) return {};
  const id = (prefix: string, length: number): string =>
    request.identifier(prefix, length).slice(prefix.length + 1);
  const secret = `secret:rds!${kind}-${id("managed", 32)}-${id("suffix", 6)}`;
  const kmsKeyId = masterUserSecretKmsKeyId ?? arn(request, "kms", "alias/aws/secretsmanager");
  return {
    masterUserSecrets: [
      { kmsKeyId, secretArn: arn(request, "secretsmanager", secret), secretStatus: "active" },
    ],
  };
}

/** Why a database is not deleted; `name` is what RDS calls it in the refusal. */
export const deletionBlockers = (
  { deletionProtection, skipFinalSnapshot, finalSnapshotIdentifier }: Properties,
  name: string,
): readonly string[] => [
  ...(deletionProtection === true
    ? [
        `InvalidParameterCombination: Cannot delete protected ${name}, ` +
          "please disable deletion protection and try again.",
      ]
    : []),
  // The provider asks for the name only now.
  ...(skipFinalSnapshot === true || text(finalSnapshotIdentifier) !== ""
    ? []
    : ["finalSnapshotIdentifier is required when skipFinalSnapshot is false"]),
];
