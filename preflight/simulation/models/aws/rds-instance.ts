import { arn, atMostOne, AWS_SCHEMAS, holds, names, namesKey } from "./common";
import { ARN } from "./values";
import { among } from "../among";
import { type CitedModel, type Properties, type ResourceRequest, text } from "../model";
import { DAILY_WINDOW, WEEKLY_WINDOW, windowErrors } from "./rds-windows";
import { UNKNOWN } from "../../wire/unknown";
import {
  all,
  atLeast,
  between,
  form,
  oneOf,
  sized,
  type ValueRule,
  wholeNumber,
} from "../value-rules";

/**
 * PostgreSQL's own names: they are what the project deploys.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
const SQL_NAME = form(
  /^[A-Za-z]\w{0,62}$/,
  "be 1 to 63 letters, digits and underscores, a letter first",
);

/**
 * Words that RDS keeps for itself with PostgreSQL. It knows more of them than it tells.
 *
 * @see https://github.com/aws-cloudformation/cfn-lint/pull/4425
 */
const RESERVED = {
  dbName: form(/^(?!(db|rdsadmin)$)/i, "not be db or rdsadmin"),
  username: form(
    /^(?!(admin|rdsadmin|user)$|pg_)/i,
    "not be admin, rdsadmin or user, nor begin with pg_",
  ),
};

const reservedNames = (inputs: Properties): readonly string[] =>
  inputs.engine === "postgres"
    ? Object.entries(RESERVED).flatMap(([name, rule]) => {
        const error = inputs[name] === undefined ? undefined : rule(inputs[name]);
        return error === undefined ? [] : [`${name} of PostgreSQL ${error}`];
      })
    : [];

const PASSWORD = all(
  sized(8, 128),
  form(/^[!-~]+$/, "consist of printable ASCII characters without a space"),
  form(/^[^/"@]+$/, 'have none of the characters / " @'),
);

/** A week, so many months of 31 days, or two years. */
const INSIGHTS_DAYS = [7, ...Array.from({ length: 23 }, (_, month) => 31 * (month + 1)), 731];

const values: Readonly<Record<string, ValueRule>> = {
  identifier: form(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    "be lower-case letters, digits and single hyphens, a letter first and no hyphen last",
  ),
  finalSnapshotIdentifier: all(
    sized(1, 255),
    form(
      /^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/,
      "be letters, digits and single hyphens, a letter first and no hyphen last",
    ),
  ),
  engine: oneOf(
    ...["postgres", "mysql", "mariadb", "aurora-mysql", "aurora-postgresql", "db2-ae", "db2-se"],
    ...["oracle-ee", "oracle-ee-cdb", "oracle-se2", "oracle-se2-cdb"],
    ...["sqlserver-ee", "sqlserver-se", "sqlserver-ex", "sqlserver-web"],
    ...["custom-oracle-ee", "custom-oracle-ee-cdb", "custom-oracle-se2", "custom-oracle-se2-cdb"],
    ...["custom-sqlserver-ee", "custom-sqlserver-se", "custom-sqlserver-web"],
    "custom-sqlserver-dev",
  ),
  engineVersion: form(/^\d+(\.[\w.-]+)?$/, "begin with a number, such as 17 or 17.4"),
  instanceClass: form(/^db(\.[a-z0-9-]+){2,}$/, "be a class of instances, such as db.t4g.micro"),
  dbName: SQL_NAME,
  username: SQL_NAME,
  password: PASSWORD,
  passwordWo: PASSWORD,
  port: between(1150, 65_535),
  storageType: oneOf("standard", "gp2", "gp3", "io1", "io2"),
  allocatedStorage: between(5, 65_536),
  // 0 is the provider's way to turn it off.
  maxAllocatedStorage: between(0, 65_536),
  backupRetentionPeriod: between(0, 35),
  backupWindow: DAILY_WINDOW,
  maintenanceWindow: WEEKLY_WINDOW,
  caCertIdentifier: form(/^rds-ca-[a-z0-9-]+$/, "be an authority, such as rds-ca-rsa2048-g1"),
  kmsKeyId: ARN,
  performanceInsightsKmsKeyId: ARN,
  performanceInsightsRetentionPeriod: oneOf(...INSIGHTS_DAYS),
  iops: atLeast(0),
  storageThroughput: atLeast(0),
  networkType: oneOf("IPV4", "DUAL"),
  replicaMode: oneOf("mounted", "open-read-only"),
  backupTarget: oneOf("region", "outposts"),
  engineLifecycleSupport: oneOf(
    "open-source-rds-extended-support",
    "open-source-rds-extended-support-disabled",
  ),
  monitoringInterval: oneOf(0, 1, 5, 10, 15, 30, 60),
  "enabledCloudwatchLogsExports[]": oneOf(
    ...["postgresql", "upgrade", "iam-db-auth-error", "agent", "alert", "audit", "diag.log"],
    ...["error", "general", "listener", "notify.log", "oemagent", "slowquery", "trace"],
  ),
};

/** Where the master password comes from. */
const PASSWORDS = ["password", "passwordWo", "manageMasterUserPassword"];

/** What the provider asks for where the instance is not made from something that has it. */
function missing(inputs: Properties): readonly string[] {
  const origins = ["snapshotIdentifier", "replicateSourceDb", "restoreToPointInTime"];
  if (among(inputs, origins).possibly.length > 0) return [];
  const needed = ["allocatedStorage", "engine", "username"].filter(
    (name) => inputs[name] === undefined,
  );
  const hasPassword = among(inputs, PASSWORDS).possibly.length > 0;
  const all = [...needed, ...(hasPassword ? [] : ["password"])];
  return all.length === 0 ? [] : [`a new instance needs ${all.join(", ")}`];
}

/** The least gibibytes of each storage type but `gp2` and `gp3`. */
const LEAST_GIB: Readonly<Record<string, number | undefined>> = { standard: 5, io1: 100, io2: 100 };
const USUAL_LEAST_GIB = 20;
/** From here on, PostgreSQL's volumes are striped, and take other than the usual performance. */
const STRIPED_GIB = 400;

/**
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
 */
function storageErrors(inputs: Properties): readonly string[] {
  const { engine, storageType } = inputs;
  const allocated = wholeNumber(inputs.allocatedStorage);
  const most = wholeNumber(inputs.maxAllocatedStorage);
  const least = LEAST_GIB[text(storageType)] ?? USUAL_LEAST_GIB;
  const isTuned = among(inputs, ["iops", "storageThroughput"]).certainly.length > 0;
  return [
    ...(storageType !== UNKNOWN && allocated < least
      ? [`allocatedStorage must be at least ${least} GiB for its storageType`]
      : []),
    ...(most !== 0 && most * 10 < allocated * 11
      ? ["maxAllocatedStorage must be at least a tenth more than allocatedStorage"]
      : []),
    ...(engine === "postgres" && storageType === "gp3" && isTuned && allocated < STRIPED_GIB
      ? [`iops and storageThroughput of gp3 can be set from ${STRIPED_GIB} GiB on`]
      : []),
  ];
}

/** An instance of RDS, as `@pulumi/aws` reports it. */
export const instance: CitedModel = {
  autoName: { property: "identifier", maxLength: 63 },
  required: ["instanceClass"],
  replaceOn: [
    "dbName",
    "engine",
    "username",
    "storageEncrypted",
    "kmsKeyId",
    "snapshotIdentifier",
    "availabilityZone",
    "characterSetName",
    "ncharCharacterSetName",
    "timezone",
    "restoreToPointInTime",
    "s3Import",
    "customIamInstanceProfile",
    "backupTarget",
  ],
  secretOutputs: ["password", "passwordWo"],
  values,
  references: {
    dbSubnetGroupName: { ...holds("subnetGroup"), builtIn: (name) => name === "default" },
    parameterGroupName: {
      ...holds("parameterGroup"),
      builtIn: (name) => name.startsWith("default."),
    },
    "vpcSecurityGroupIds[]": holds("securityGroup"),
    kmsKeyId: namesKey,
    performanceInsightsKmsKeyId: namesKey,
    masterUserSecretKmsKeyId: namesKey,
    monitoringRoleArn: names("role"),
    replicateSourceDb: names("instance"),
  },
  check: (inputs) => [
    ...missing(inputs),
    ...atMostOne(inputs, ...PASSWORDS),
    ...reservedNames(inputs),
    ...storageErrors(inputs),
    ...windowErrors(inputs.backupWindow, inputs.maintenanceWindow),
  ],
  deletionBlockers: ({ deletionProtection, identifier, ...inputs }) => [
    ...(deletionProtection === true
      ? [
          `InvalidParameterCombination: Cannot delete protected DB Instance '${text(identifier)}', ` +
            "please disable deletion protection and try again.",
        ]
      : []),
    // The provider asks for the name only now.
    ...(inputs.skipFinalSnapshot === true || text(inputs.finalSnapshotIdentifier) !== ""
      ? []
      : ["finalSnapshotIdentifier is required when skipFinalSnapshot is false"]),
  ],
  computed: (request) => {
    const { inputs, account, identifier } = request;
    const id = String(inputs.identifier);
    const host = `${id}.${identifier("c", 11).replace("-", "")}.${account.region}.rds.${account.dnsSuffix}`;
    const port = Number(inputs.port ?? 5432);
    return {
      id: identifier("db", 26).toUpperCase(),
      arn: arn(request, "rds", `db:${id}`),
      address: host,
      port,
      endpoint: `${host}:${port}`,
      hostedZoneId: "Z1RLNUO7B9Q6NB",
      engineVersionActual: text(inputs.engineVersion),
      username: inputs.username ?? "postgres",
      resourceId: identifier("db", 26).toUpperCase(),
      status: "available",
      ...masterUserSecrets(request),
    };
  },
  source: `${AWS_SCHEMAS}/rds/instance.go`,
};

/** The secret that RDS makes where it is to keep the master user's password. */
function masterUserSecrets(request: ResourceRequest): Properties {
  const { inputs, identifier } = request;
  if (inputs.manageMasterUserPassword !== true) return {};
  const name = `rds!db-${identifier("m", 36).slice(2)}-${identifier("s", 6).slice(2)}`;
  const kmsKeyId =
    inputs.masterUserSecretKmsKeyId ?? arn(request, "kms", "alias/aws/secretsmanager");
  const secretArn = arn(request, "secretsmanager", `secret:${name}`);
  return { masterUserSecrets: [{ kmsKeyId, secretArn, secretStatus: "active" }] };
}
