import { arn, atMostOne, AWS_SCHEMAS, holds, names, needs } from "./common";
import {
  CERTIFICATE_AUTHORITY,
  DATABASE_REFERENCES,
  DATABASE_VALUES,
  defaultPort,
  deletionBlockers,
  ENGINE_VERSION,
  HOSTED_ZONE,
  hostOf,
  IDENTIFIER,
  managedSecret,
  missingFrom,
  OBSERVED_REFERENCES,
  OBSERVED_VALUES,
  orDefault,
  PASSWORD,
  reservedNames,
  SQL_NAME,
  SUBNET_GROUP,
} from "./rds-values";
import { DAILY_WINDOW, WEEKLY_WINDOW, windowErrors } from "./rds-windows";
import { type CitedModel, type Properties, text } from "../model";
import { between, form, halfSteps, oneOf } from "../value-rules";

/** Engines of clusters; those that are not Aurora's have three instances of their own. */
const ENGINES = oneOf("aurora-mysql", "aurora-postgresql", "mysql", "postgres");

/** Where the master password comes from. */
const PASSWORDS = ["masterPassword", "masterPasswordWo", "manageMasterUserPassword"];

/** What a cluster is made from that already has a master user. */
const ORIGINS = [
  "snapshotIdentifier",
  "restoreToPointInTime",
  "replicationSourceIdentifier",
  // A secondary one takes its user from the primary cluster.
  "globalClusterIdentifier",
];

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2ScalingConfiguration.html */
function capacityErrors({ serverlessv2ScalingConfiguration }: Properties): readonly string[] {
  const { minCapacity, maxCapacity } = (serverlessv2ScalingConfiguration ?? {}) as Properties;
  return typeof minCapacity === "number" &&
    typeof maxCapacity === "number" &&
    minCapacity > maxCapacity
    ? ["minCapacity of serverlessv2ScalingConfiguration must not exceed maxCapacity"]
    : [];
}

/** A cluster of RDS, of Aurora or of three instances, as `@pulumi/aws` reports it. */
export const cluster: CitedModel = {
  autoName: { property: "clusterIdentifier", maxLength: 63 },
  required: ["engine"],
  replaceOn: [
    ...["availabilityZones", "clusterIdentifier", "clusterIdentifierPrefix"],
    ...["clusterScalabilityType", "databaseName", "dbSubnetGroupName", "dbSystemId", "engine"],
    ...["engineMode", "kmsKeyId", "masterUsername", "restoreToPointInTime", "s3Import"],
    ...["snapshotIdentifier", "sourceRegion", "storageEncrypted"],
  ],
  secretOutputs: ["masterPassword", "masterPasswordWo"],
  values: {
    ...DATABASE_VALUES,
    clusterIdentifier: IDENTIFIER,
    engine: ENGINES,
    engineMode: oneOf("provisioned", "serverless", "parallelquery", "global", "multimaster", ""),
    databaseName: SQL_NAME,
    masterUsername: SQL_NAME,
    masterPassword: PASSWORD,
    masterPasswordWo: PASSWORD,
    // A cluster always has backups.
    backupRetentionPeriod: between(1, 35),
    backtrackWindow: between(0, 259_200),
    preferredBackupWindow: DAILY_WINDOW,
    preferredMaintenanceWindow: WEEKLY_WINDOW,
    caCertificateIdentifier: CERTIFICATE_AUTHORITY,
    clusterScalabilityType: oneOf("standard", "limitless"),
    databaseInsightsMode: oneOf("standard", "advanced"),
    "enabledCloudwatchLogsExports[]": oneOf(
      ...["audit", "error", "general", "iam-db-auth-error", "instance", "postgresql"],
      ...["slowquery", "upgrade"],
    ),
    "serverlessv2ScalingConfiguration.minCapacity": halfSteps(0, 256),
    "serverlessv2ScalingConfiguration.maxCapacity": halfSteps(1, 256),
    "serverlessv2ScalingConfiguration.secondsUntilAutoPause": between(300, 86_400),
  },
  references: {
    ...DATABASE_REFERENCES,
    dbClusterParameterGroupName: orDefault(holds("clusterParameterGroup")),
    dbInstanceParameterGroupName: orDefault(names("parameterGroup")),
  },
  check: (inputs) => [
    ...missingFrom(inputs, "cluster", {
      origins: ORIGINS,
      needed: ["masterUsername"],
      passwords: PASSWORDS,
    }),
    ...atMostOne(inputs, ...PASSWORDS),
    ...atMostOne(inputs, "snapshotIdentifier", "restoreToPointInTime", "s3Import"),
    ...atMostOne(inputs, "snapshotIdentifier", "globalClusterIdentifier"),
    ...needs(inputs, "masterPasswordWo", "masterPasswordWoVersion"),
    ...needs(inputs, "masterPasswordWoVersion", "masterPasswordWo"),
    ...reservedNames(inputs, { database: "databaseName", username: "masterUsername" }),
    ...capacityErrors(inputs),
    ...windowErrors(inputs.preferredBackupWindow, inputs.preferredMaintenanceWindow, "preferred"),
  ],
  deletionBlockers: (inputs) => deletionBlockers(inputs, "Cluster"),
  computed: (request) => {
    const { inputs, identifier } = request;
    const id = text(inputs.clusterIdentifier);
    return {
      id,
      arn: arn(request, "rds", `cluster:${id}`),
      clusterResourceId: `cluster-${identifier("db", 26).slice(3).toUpperCase()}`,
      endpoint: hostOf(request, id, "cluster-"),
      readerEndpoint: hostOf(request, id, "cluster-ro-"),
      port: Number(inputs.port ?? defaultPort(text(inputs.engine))),
      hostedZoneId: HOSTED_ZONE,
      engineVersionActual: text(inputs.engineVersion),
      ...managedSecret(request, "cluster"),
    };
  },
  source: `${AWS_SCHEMAS}/rds/cluster.go`,
};

/** An instance of such a cluster. */
export const clusterInstance: CitedModel = {
  autoName: { property: "identifier", maxLength: 63 },
  required: ["clusterIdentifier", "engine", "instanceClass"],
  replaceOn: [
    ...["availabilityZone", "clusterIdentifier", "customIamInstanceProfile"],
    ...["dbSubnetGroupName", "engine", "identifier", "identifierPrefix"],
  ],
  values: {
    identifier: IDENTIFIER,
    engine: ENGINES,
    engineVersion: ENGINE_VERSION,
    instanceClass: form(
      /^db\.(serverless|[a-z0-9-]+\.[a-z0-9-]+)$/,
      "be a class of instances, such as db.r8g.large or db.serverless",
    ),
    caCertIdentifier: CERTIFICATE_AUTHORITY,
    customIamInstanceProfile: form(/^AWSRDSCustom/, "begin with AWSRDSCustom"),
    promotionTier: between(0, 15),
    preferredBackupWindow: DAILY_WINDOW,
    preferredMaintenanceWindow: WEEKLY_WINDOW,
    ...OBSERVED_VALUES,
  },
  references: {
    clusterIdentifier: names("databaseCluster"),
    dbSubnetGroupName: SUBNET_GROUP,
    dbParameterGroupName: orDefault(holds("parameterGroup")),
    ...OBSERVED_REFERENCES,
  },
  check: ({ preferredBackupWindow, preferredMaintenanceWindow }) =>
    windowErrors(preferredBackupWindow, preferredMaintenanceWindow, "preferred"),
  // Its port and whether it is the writer are the cluster's to tell.
  computed: (request) => {
    const { inputs, identifier } = request;
    const id = text(inputs.identifier);
    return {
      id,
      arn: arn(request, "rds", `db:${id}`),
      dbiResourceId: identifier("db", 26).toUpperCase(),
      endpoint: hostOf(request, id),
      engineVersionActual: text(inputs.engineVersion),
    };
  },
  source: `${AWS_SCHEMAS}/rds/cluster_instance.go`,
};
