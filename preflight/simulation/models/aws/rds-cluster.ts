import { arn, atMostOne, AWS_SCHEMAS, holds, names, namesKey, needs } from "./common";
import {
  CERTIFICATE_AUTHORITY,
  defaultPort,
  deletionBlockers,
  ENGINE_VERSION,
  HOSTED_ZONE,
  hostOf,
  IDENTIFIER,
  INSIGHTS_DAYS,
  LIFECYCLE_SUPPORT,
  managedSecret,
  missingFrom,
  MONITORING_SECONDS,
  NETWORK_TYPE,
  PASSWORD,
  PORT,
  reservedNames,
  SNAPSHOT_NAME,
  SQL_NAME,
} from "./rds-values";
import { DAILY_WINDOW, WEEKLY_WINDOW, windowErrors } from "./rds-windows";
import { ARN } from "./values";
import { type CitedModel, type Properties, text } from "../model";
import { atLeast, between, form, halfSteps, oneOf } from "../value-rules";

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

function missing(inputs: Properties): readonly string[] {
  const all = missingFrom(inputs, {
    origins: ORIGINS,
    needed: ["masterUsername"],
    passwords: PASSWORDS,
  });
  return all.length === 0 ? [] : [`a new cluster needs ${all.join(", ")}`];
}

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
    clusterIdentifier: IDENTIFIER,
    finalSnapshotIdentifier: SNAPSHOT_NAME,
    engine: ENGINES,
    engineMode: oneOf("provisioned", "serverless", "parallelquery", "global", "multimaster", ""),
    engineVersion: ENGINE_VERSION,
    databaseName: SQL_NAME,
    masterUsername: SQL_NAME,
    masterPassword: PASSWORD,
    masterPasswordWo: PASSWORD,
    port: PORT,
    // A cluster always has backups.
    backupRetentionPeriod: between(1, 35),
    backtrackWindow: between(0, 259_200),
    preferredBackupWindow: DAILY_WINDOW,
    preferredMaintenanceWindow: WEEKLY_WINDOW,
    caCertificateIdentifier: CERTIFICATE_AUTHORITY,
    kmsKeyId: ARN,
    performanceInsightsKmsKeyId: ARN,
    performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
    monitoringInterval: MONITORING_SECONDS,
    iops: atLeast(0),
    networkType: NETWORK_TYPE,
    engineLifecycleSupport: LIFECYCLE_SUPPORT,
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
    dbSubnetGroupName: { ...holds("subnetGroup"), builtIn: (name) => name === "default" },
    dbClusterParameterGroupName: {
      ...holds("clusterParameterGroup"),
      builtIn: (name) => name.startsWith("default."),
    },
    dbInstanceParameterGroupName: {
      ...names("parameterGroup"),
      builtIn: (name) => name.startsWith("default."),
    },
    "vpcSecurityGroupIds[]": holds("securityGroup"),
    kmsKeyId: namesKey,
    performanceInsightsKmsKeyId: namesKey,
    masterUserSecretKmsKeyId: namesKey,
    monitoringRoleArn: names("role"),
  },
  check: (inputs) => [
    ...missing(inputs),
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
    performanceInsightsKmsKeyId: ARN,
    performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
    monitoringInterval: MONITORING_SECONDS,
  },
  references: {
    clusterIdentifier: names("databaseCluster"),
    dbSubnetGroupName: { ...holds("subnetGroup"), builtIn: (name) => name === "default" },
    dbParameterGroupName: {
      ...holds("parameterGroup"),
      builtIn: (name) => name.startsWith("default."),
    },
    performanceInsightsKmsKeyId: namesKey,
    monitoringRoleArn: names("role"),
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
