import { arn, atMostOne, AWS_SCHEMAS, exactlyOne, holds, names } from "./common";
import {
  CERTIFICATE_AUTHORITY,
  DATABASE_REFERENCES,
  DATABASE_VALUES,
  defaultPort,
  deletionBlockers,
  HOSTED_ZONE,
  hostOf,
  IDENTIFIER,
  managedSecret,
  missingFrom,
  orDefault,
  PASSWORD,
  reservedNames,
  SQL_NAME,
} from "./rds-values";
import { among } from "../among";
import { type CitedModel, isRecord, type Properties, text } from "../model";
import { DAILY_WINDOW, WEEKLY_WINDOW, windowErrors } from "./rds-windows";
import { UNKNOWN } from "../../wire/unknown";
import { atLeast, between, form, oneOf, type ValueRule, wholeNumber } from "../value-rules";

const values: Readonly<Record<string, ValueRule>> = {
  ...DATABASE_VALUES,
  identifier: IDENTIFIER,
  engine: oneOf(
    ...["postgres", "mysql", "mariadb", "aurora-mysql", "aurora-postgresql", "db2-ae", "db2-se"],
    ...["oracle-ee", "oracle-ee-cdb", "oracle-se2", "oracle-se2-cdb"],
    ...["sqlserver-ee", "sqlserver-se", "sqlserver-ex", "sqlserver-web"],
    ...["custom-oracle-ee", "custom-oracle-ee-cdb", "custom-oracle-se2", "custom-oracle-se2-cdb"],
    ...["custom-sqlserver-ee", "custom-sqlserver-se", "custom-sqlserver-web"],
    "custom-sqlserver-dev",
  ),
  instanceClass: form(/^db(\.[a-z0-9-]+){2,}$/, "be a class of instances, such as db.t4g.micro"),
  dbName: SQL_NAME,
  username: SQL_NAME,
  password: PASSWORD,
  passwordWo: PASSWORD,
  storageType: oneOf("standard", "gp2", "gp3", "io1", "io2"),
  allocatedStorage: between(5, 65_536),
  // 0 is the provider's way to turn it off.
  maxAllocatedStorage: between(0, 65_536),
  backupRetentionPeriod: between(0, 35),
  backupWindow: DAILY_WINDOW,
  maintenanceWindow: WEEKLY_WINDOW,
  caCertIdentifier: CERTIFICATE_AUTHORITY,
  storageThroughput: atLeast(0),
  "restoreToPointInTime.restoreTime": form(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    "be a time in UTC to the second, such as 2026-11-26T08:15:00Z",
  ),
  replicaMode: oneOf("mounted", "open-read-only"),
  backupTarget: oneOf("region", "outposts"),
  "enabledCloudwatchLogsExports[]": oneOf(
    ...["postgresql", "upgrade", "iam-db-auth-error", "agent", "alert", "audit", "diag.log"],
    ...["error", "general", "listener", "notify.log", "oemagent", "slowquery", "trace"],
  ),
};

/** Where the master password comes from. */
const PASSWORDS = ["password", "passwordWo", "manageMasterUserPassword"];

/** The least gibibytes of each storage type but `gp2` and `gp3`. */
const LEAST_GIB: Readonly<Record<string, number | undefined>> = { standard: 5, io1: 100, io2: 100 };
const USUAL_LEAST_GIB = 20;
/** What io1 and io2 may be asked for. */
const LEAST_IOPS = 1000;
const MOST_IOPS = 256_000;
const MOST_IOPS_PER_GIB: Readonly<Record<string, number>> = { io1: 50, io2: 1000 };
/** gp3 as striped. */
const GP3_IOPS = { least: 12_000, most: 64_000 };
const GP3_MIBPS = { least: 500, most: 4000 };
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
    ...(engine === "postgres" ? performanceErrors(inputs, allocated) : []),
  ];
}

/**
 * What RDS for PostgreSQL does not provide; numbers that are unknown are in no range, and out of none.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
function performanceErrors(inputs: Properties, allocated: number): readonly string[] {
  const { storageType } = inputs;
  const iops = wholeNumber(inputs.iops);
  const throughput = wholeNumber(inputs.storageThroughput);
  const perGiB = MOST_IOPS_PER_GIB[text(storageType)];
  if (perGiB !== undefined) {
    const isGiven = among(inputs, ["iops"]).possibly.length > 0;
    const isOut = iops < LEAST_IOPS || iops > Math.min(MOST_IOPS, allocated * perGiB);
    return [
      ...(isGiven ? [] : [`iops is required for storage of type ${text(storageType)}`]),
      ...(isOut
        ? [
            `iops of ${text(storageType)} must be from ${LEAST_IOPS} to ${MOST_IOPS}, and at most ` +
              `${perGiB} for each GiB`,
          ]
        : []),
      ...(throughput > 0 ? ["storageThroughput can only be set for gp3"] : []),
    ];
  }
  if (storageType !== "gp3" || !(allocated >= STRIPED_GIB)) return [];
  return [
    ...(iops < GP3_IOPS.least || iops > GP3_IOPS.most
      ? [`iops of gp3 must be from ${GP3_IOPS.least} to ${GP3_IOPS.most}`]
      : []),
    ...(throughput < GP3_MIBPS.least || throughput > GP3_MIBPS.most
      ? [`storageThroughput of gp3 must be from ${GP3_MIBPS.least} to ${GP3_MIBPS.most}`]
      : []),
    ...(throughput * 4 > iops ? ["storageThroughput must be at most a quarter of iops"] : []),
  ];
}

const RESTORE_TIMES = ["restoreTime", "useLatestRestorableTime"];
const RESTORE_SOURCES = [
  ...["sourceDbInstanceIdentifier", "sourceDbiResourceId", "sourceDbInstanceAutomatedBackupsArn"],
];

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html */
function restoreErrors({ restoreToPointInTime }: Properties): readonly string[] {
  if (!isRecord(restoreToPointInTime)) return [];
  return [
    ...exactlyOne(restoreToPointInTime, ...RESTORE_TIMES),
    ...exactlyOne(restoreToPointInTime, ...RESTORE_SOURCES),
  ].map((error) => `restoreToPointInTime ${error}`);
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
    ...DATABASE_REFERENCES,
    parameterGroupName: orDefault(holds("parameterGroup")),
    replicateSourceDb: names("instance"),
  },
  check: (inputs) => [
    ...missingFrom(inputs, "instance", {
      origins: ["snapshotIdentifier", "replicateSourceDb", "restoreToPointInTime"],
      needed: ["allocatedStorage", "engine", "username"],
      passwords: PASSWORDS,
    }),
    ...atMostOne(inputs, ...PASSWORDS),
    ...reservedNames(inputs, { database: "dbName", username: "username" }),
    ...storageErrors(inputs),
    ...restoreErrors(inputs),
    ...windowErrors(inputs.backupWindow, inputs.maintenanceWindow),
  ],
  deletionBlockers: (inputs) =>
    deletionBlockers(inputs, `DB Instance '${text(inputs.identifier)}'`),
  computed: (request) => {
    const { inputs, identifier } = request;
    const id = String(inputs.identifier);
    const host = hostOf(request, id);
    const port = Number(inputs.port ?? defaultPort(text(inputs.engine)));
    return {
      id: identifier("db", 26).toUpperCase(),
      arn: arn(request, "rds", `db:${id}`),
      address: host,
      port,
      endpoint: `${host}:${port}`,
      hostedZoneId: HOSTED_ZONE,
      engineVersionActual: text(inputs.engineVersion),
      username: inputs.username ?? "postgres",
      resourceId: identifier("db", 26).toUpperCase(),
      status: "available",
      ...managedSecret(request, "db"),
    };
  },
  source: `${AWS_SCHEMAS}/rds/instance.go`,
};
