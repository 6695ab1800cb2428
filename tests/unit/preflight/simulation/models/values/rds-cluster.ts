import { type Examples, KEY, ROLE } from "./examples";

const NAME =
  "must be lower-case letters, digits and single hyphens, a letter first and no hyphen last";
const ENGINES = "must be one of aurora-mysql, aurora-postgresql, mysql, postgres";
const SQL_NAME = "must be 1 to 63 letters, digits and underscores, a letter first";
const AUTHORITY = "must be an authority, such as rds-ca-rsa2048-g1";
const VERSION = "must begin with a number, such as 17 or 17.4";
const DAILY = "must be hh:mm-hh:mm, such as 02:00-03:00";
const WEEKLY = "must be ddd:hh:mm-ddd:hh:mm, such as sun:03:30-sun:04:30";
const DAYS =
  "must be one of 7, 31, 62, 93, 124, 155, 186, 217, 248, 279, 310, 341, 372, 403, 434, 465, 496, 527, 558, 589, 620, 651, 682, 713, 731";
const SECONDS = "must be one of 0, 1, 5, 10, 15, 30, 60";

const capacity = (change: object) => ({
  serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 4, ...change },
});

/** The one change that a rule refuses. */
const single = (property: string, value: unknown, rule: string) => ({
  [property]: [[{ [property]: value }, `${property} '${String(value)}' ${rule}`] as const],
});

const pooled = (property: string, value: number, rule: string) => {
  const path = `connectionPoolConfig.${property}`;
  return {
    [path]: [
      [{ connectionPoolConfig: { [property]: value } }, `${path} '${value}' ${rule}`] as const,
    ],
  };
};

/** The first inputs are those of `aws.rds.Cluster` in the registry's example of Serverless v2. */
export const rdsClusterExamples: Examples = {
  "aws:rds/cluster:Cluster": {
    good: {
      clusterIdentifier: "orders",
      finalSnapshotIdentifier: "orders-final-0a1b2c3d",
      engine: "aurora-postgresql",
      engineMode: "provisioned",
      engineVersion: "17.6",
      databaseName: "orders",
      masterUsername: "app_owner",
      masterPassword: "must_be_eight_characters",
      port: 5432,
      backupRetentionPeriod: 7,
      preferredBackupWindow: "07:00-09:00",
      preferredMaintenanceWindow: "wed:04:00-wed:04:30",
      kmsKeyId: KEY,
      performanceInsightsKmsKeyId: KEY,
      performanceInsightsRetentionPeriod: 465,
      monitoringInterval: 30,
      networkType: "DUAL",
      engineLifecycleSupport: "open-source-rds-extended-support-disabled",
      databaseInsightsMode: "advanced",
      enabledCloudwatchLogsExports: ["postgresql", "instance"],
      serverlessv2ScalingConfiguration: {
        minCapacity: 0,
        maxCapacity: 1,
        secondsUntilAutoPause: 3600,
      },
    },
    accepted: [
      { masterPassword: undefined, manageMasterUserPassword: true },
      { masterPassword: undefined, masterPasswordWo: "12345678", masterPasswordWoVersion: 1 },
      {
        snapshotIdentifier: "old",
        masterUsername: undefined,
        masterPassword: undefined,
      },
      { globalClusterIdentifier: "world", masterUsername: undefined, masterPassword: undefined },
      capacity({ maxCapacity: 256 }),
      capacity({ minCapacity: 4 }),
      { engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.08.0", backtrackWindow: 259200 },
      { engine: "aurora-mysql", masterUsername: "admin" },
      // Three instances without Aurora.
      { engine: "postgres", iops: 3000, caCertificateIdentifier: "rds-ca-rsa2048-g1" },
      { clusterScalabilityType: "limitless" },
    ],
    refused: {
      ...single("clusterIdentifier", "Orders", NAME),
      finalSnapshotIdentifier: [
        [
          { finalSnapshotIdentifier: "a--b" },
          "finalSnapshotIdentifier 'a--b' must be letters, digits and single hyphens, a letter first and no hyphen last",
        ],
      ],
      ...single("engine", "aurora", ENGINES),
      ...single(
        "engineMode",
        "serverlessv2",
        "must be one of provisioned, serverless, parallelquery, global, multimaster, ",
      ),
      ...single("engineVersion", "v17", VERSION),
      ...single("databaseName", "my-orders", SQL_NAME),
      ...single("masterUsername", "1st", SQL_NAME),
      masterPassword: [
        [{ masterPassword: "short" }, "masterPassword must have 8 to 128 characters"],
      ],
      masterPasswordWo: [
        [
          {
            masterPassword: undefined,
            masterPasswordWo: "with@sign",
            masterPasswordWoVersion: 1,
          },
          'masterPasswordWo must have none of the characters / " @',
        ],
      ],
      ...single("port", 80, "must be a whole number from 1150 to 65535"),
      ...single("backupRetentionPeriod", 0, "must be a whole number from 1 to 35"),
      ...single("backtrackWindow", 259201, "must be a whole number from 0 to 259200"),
      ...single("preferredBackupWindow", "7:00-9:00", DAILY),
      ...single("preferredMaintenanceWindow", "04:00-04:30", WEEKLY),
      ...single("caCertificateIdentifier", "rsa2048", AUTHORITY),
      ...single("kmsKeyId", "alias/orders", "must be an ARN"),
      ...single("performanceInsightsKmsKeyId", "k", "must be an ARN"),
      ...single("performanceInsightsRetentionPeriod", 8, DAYS),
      ...single("monitoringInterval", 20, SECONDS),
      ...single("iops", 0.5, "must be a whole number, 0 or more"),
      ...single("networkType", "IPV6", "must be one of IPV4, DUAL"),
      ...single(
        "engineLifecycleSupport",
        "none",
        "must be one of open-source-rds-extended-support, open-source-rds-extended-support-disabled",
      ),
      ...single("clusterScalabilityType", "big", "must be one of standard, limitless"),
      ...single("databaseInsightsMode", "full", "must be one of standard, advanced"),
      "enabledCloudwatchLogsExports[]": [
        [
          { enabledCloudwatchLogsExports: ["trace"] },
          "enabledCloudwatchLogsExports[0] 'trace' must be one of audit, error, general, iam-db-auth-error, instance, postgresql, slowquery, upgrade",
        ],
      ],
      "serverlessv2ScalingConfiguration.minCapacity": [
        [
          capacity({ minCapacity: 0.3 }),
          "serverlessv2ScalingConfiguration.minCapacity '0.3' must be a number from 0 to 256, in steps of 0.5",
        ],
      ],
      "serverlessv2ScalingConfiguration.maxCapacity": [
        [
          capacity({ maxCapacity: 0.5 }),
          "serverlessv2ScalingConfiguration.maxCapacity '0.5' must be a number from 1 to 256, in steps of 0.5",
        ],
        [
          capacity({ maxCapacity: 257 }),
          "serverlessv2ScalingConfiguration.maxCapacity '257' must be a number from 1 to 256, in steps of 0.5",
        ],
      ],
      "serverlessv2ScalingConfiguration.secondsUntilAutoPause": [
        [
          capacity({ secondsUntilAutoPause: 60 }),
          "serverlessv2ScalingConfiguration.secondsUntilAutoPause '60' must be a whole number from 300 to 86400",
        ],
      ],
    },
    together: [
      [
        { masterUsername: undefined, masterPassword: undefined },
        ["a new cluster needs masterUsername, masterPassword"],
      ],
      [
        { manageMasterUserPassword: true },
        ["masterPassword and manageMasterUserPassword cannot be combined"],
      ],
      [
        { snapshotIdentifier: "old", restoreToPointInTime: {} },
        ["snapshotIdentifier and restoreToPointInTime cannot be combined"],
      ],
      [
        { snapshotIdentifier: "old", globalClusterIdentifier: "world" },
        ["snapshotIdentifier and globalClusterIdentifier cannot be combined"],
      ],
      [
        { masterPassword: undefined, masterPasswordWo: "12345678" },
        ["masterPasswordWo needs masterPasswordWoVersion"],
      ],
      [{ masterPasswordWoVersion: 1 }, ["masterPasswordWoVersion needs masterPasswordWo"]],
      [
        { clusterIdentifierPrefix: "orders-" },
        ["clusterIdentifier and clusterIdentifierPrefix cannot be combined"],
      ],
      [
        { masterUsername: "admin", databaseName: "rdsadmin" },
        [
          "databaseName of PostgreSQL must not be db or rdsadmin",
          "masterUsername of PostgreSQL must not be admin, rdsadmin or user, nor begin with pg_",
        ],
      ],
      [
        capacity({ minCapacity: 8 }),
        ["minCapacity of serverlessv2ScalingConfiguration must not exceed maxCapacity"],
      ],
      [
        { preferredBackupWindow: "04:00-05:00" },
        ["preferredBackupWindow and preferredMaintenanceWindow must not overlap"],
      ],
      [
        { preferredBackupWindow: "04:00-04:10" },
        ["preferredBackupWindow must be at least 30 minutes long"],
      ],
    ],
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    good: {
      identifier: "orders-1",
      clusterIdentifier: "orders",
      engine: "aurora-postgresql",
      engineVersion: "17.6",
      instanceClass: "db.serverless",
      caCertIdentifier: "rds-ca-rsa2048-g1",
      customIamInstanceProfile: "AWSRDSCustomOrders",
      promotionTier: 1,
      preferredBackupWindow: "07:00-09:00",
      preferredMaintenanceWindow: "wed:04:00-wed:04:30",
      performanceInsightsKmsKeyId: KEY,
      performanceInsightsRetentionPeriod: 7,
      monitoringInterval: 60,
      monitoringRoleArn: ROLE,
    },
    accepted: [{ instanceClass: "db.r8g.large" }],
    refused: {
      ...single("identifier", "orders_1", NAME),
      ...single("engine", "aurora", ENGINES),
      ...single("engineVersion", "v17", VERSION),
      ...single(
        "instanceClass",
        "serverless",
        "must be a class of instances, such as db.r8g.large or db.serverless",
      ),
      ...single("caCertIdentifier", "rsa2048", AUTHORITY),
      ...single("customIamInstanceProfile", "Orders", "must begin with AWSRDSCustom"),
      ...single("promotionTier", 16, "must be a whole number from 0 to 15"),
      ...single("preferredBackupWindow", "7:00-9:00", DAILY),
      ...single("preferredMaintenanceWindow", "04:00-04:30", WEEKLY),
      ...single("performanceInsightsKmsKeyId", "k", "must be an ARN"),
      ...single("performanceInsightsRetentionPeriod", 8, DAYS),
      ...single("monitoringInterval", 2, SECONDS),
    },
    together: [
      [
        { preferredBackupWindow: "04:00-05:00" },
        ["preferredBackupWindow and preferredMaintenanceWindow must not overlap"],
      ],
      [{ identifierPrefix: "orders-" }, ["identifier and identifierPrefix cannot be combined"]],
    ],
  },
  "aws:rds/proxy:Proxy": {
    good: {
      name: "orders",
      engineFamily: "POSTGRESQL",
      roleArn: ROLE,
      vpcSubnetIds: ["subnet-a", "subnet-b"],
      idleClientTimeout: 1800,
      defaultAuthScheme: "NONE",
      endpointNetworkType: "IPV4",
      targetConnectionNetworkType: "IPV4",
      auths: [
        {
          authScheme: "SECRETS",
          iamAuth: "DISABLED",
          secretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-a1B2c3",
          clientPasswordAuthType: "POSTGRES_SCRAM_SHA_256",
        },
      ],
    },
    accepted: [{ name: undefined, auths: undefined, defaultAuthScheme: "IAM_AUTH" }],
    refused: {
      ...single("name", "Orders", NAME),
      ...single("engineFamily", "aurora-postgresql", "must be one of MYSQL, POSTGRESQL, SQLSERVER"),
      ...single("roleArn", "proxy-role", "must be an ARN"),
      vpcSubnetIds: [
        [{ vpcSubnetIds: ["subnet-a"] }, "vpcSubnetIds '[\"subnet-a\"]' must have 2 items or more"],
      ],
      ...single("idleClientTimeout", 28801, "must be a whole number from 1 to 28800"),
      ...single("defaultAuthScheme", "SECRETS", "must be one of NONE, IAM_AUTH"),
      ...single("endpointNetworkType", "BOTH", "must be one of IPV4, IPV6, DUAL"),
      ...single("targetConnectionNetworkType", "DUAL", "must be one of IPV4, IPV6"),
      "auths[].authScheme": [
        [{ auths: [{ authScheme: "IAM" }] }, "auths[0].authScheme 'IAM' must be one of SECRETS"],
      ],
      "auths[].iamAuth": [
        [
          { auths: [{ iamAuth: "OPTIONAL" }] },
          "auths[0].iamAuth 'OPTIONAL' must be one of DISABLED, REQUIRED, ENABLED",
        ],
      ],
      "auths[].secretArn": [
        [{ auths: [{ secretArn: "orders" }] }, "auths[0].secretArn 'orders' must be an ARN"],
      ],
      "auths[].clientPasswordAuthType": [
        [
          { auths: [{ clientPasswordAuthType: "SCRAM" }] },
          "auths[0].clientPasswordAuthType 'SCRAM' must be one of MYSQL_NATIVE_PASSWORD, MYSQL_CACHING_SHA2_PASSWORD, POSTGRES_SCRAM_SHA_256, POSTGRES_MD5, SQL_SERVER_AUTHENTICATION",
        ],
      ],
    },
  },
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": {
    good: {
      dbProxyName: "orders",
      connectionPoolConfig: {
        connectionBorrowTimeout: 120,
        maxConnectionsPercent: 100,
        maxIdleConnectionsPercent: 50,
        sessionPinningFilters: ["EXCLUDE_VARIABLE_SETS"],
      },
    },
    refused: {
      ...pooled("connectionBorrowTimeout", 3601, "must be a whole number from 0 to 3600"),
      ...pooled("maxConnectionsPercent", 0, "must be a whole number from 1 to 100"),
      ...pooled("maxIdleConnectionsPercent", 101, "must be a whole number from 0 to 100"),
      "connectionPoolConfig.sessionPinningFilters[]": [
        [
          { connectionPoolConfig: { sessionPinningFilters: ["ALL"] } },
          "connectionPoolConfig.sessionPinningFilters[0] 'ALL' must be one of EXCLUDE_VARIABLE_SETS",
        ],
      ],
    },
  },
  "aws:rds/proxyTarget:ProxyTarget": {
    good: { dbProxyName: "orders", targetGroupName: "default", dbClusterIdentifier: "orders" },
    accepted: [{ dbClusterIdentifier: undefined, dbInstanceIdentifier: "orders" }],
    refused: {},
    together: [
      [
        { dbInstanceIdentifier: "orders" },
        [
          "needs exactly one of dbClusterIdentifier, dbInstanceIdentifier; got dbClusterIdentifier and dbInstanceIdentifier",
        ],
      ],
      [
        { dbClusterIdentifier: undefined },
        ["needs exactly one of dbClusterIdentifier, dbInstanceIdentifier; got none"],
      ],
    ],
  },
};
