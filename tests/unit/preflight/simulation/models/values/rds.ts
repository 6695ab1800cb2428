import { type Examples, KEY, LONG, LONG_SHOWN } from "./examples";

export const rdsExamples: Examples = {
  "aws:rds/instance:Instance": {
    good: {
      identifier: "orders-0a1b2c3d",
      finalSnapshotIdentifier: "orders-final-0a1b2c3d",
      engine: "postgres",
      engineVersion: "17",
      instanceClass: "db.t4g.micro",
      dbName: "orders",
      username: "app_owner",
      password: "correct-horse'battery",
      port: "5432",
      storageType: "gp3",
      allocatedStorage: 20,
      maxAllocatedStorage: 22,
      backupRetentionPeriod: 0,
      backupWindow: "23:45-00:15",
      maintenanceWindow: "Sun:03:30-Sun:04:30",
      caCertIdentifier: "rds-ca-rsa2048-g1",
      kmsKeyId: KEY,
      performanceInsightsKmsKeyId: KEY,
      performanceInsightsRetentionPeriod: 62,
      monitoringInterval: 0,
      networkType: "IPV4",
      replicaMode: "mounted",
      backupTarget: "region",
      engineLifecycleSupport: "open-source-rds-extended-support-disabled",
      enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
    },
    accepted: [
      { password: undefined, passwordWo: "12345678" },
      { password: undefined, manageMasterUserPassword: true },
      { maxAllocatedStorage: 0 },
      { storageType: "standard", allocatedStorage: 5 },
      { allocatedStorage: 400, maxAllocatedStorage: 1000, iops: 12000, storageThroughput: 500 },
      {
        snapshotIdentifier: "old",
        engine: undefined,
        username: undefined,
        password: undefined,
        allocatedStorage: undefined,
      },
      { allocatedStorage: 400, maxAllocatedStorage: 1000, iops: 64000, storageThroughput: 4000 },
      { storageType: "io1", allocatedStorage: 100, maxAllocatedStorage: 200, iops: 5000 },
      { storageType: "io2", allocatedStorage: 100, maxAllocatedStorage: 200, iops: 100000 },
      {
        restoreToPointInTime: {
          sourceDbInstanceIdentifier: "old",
          restoreTime: "2026-11-26T08:15:00Z",
        },
        username: undefined,
        password: undefined,
        allocatedStorage: undefined,
        maxAllocatedStorage: undefined,
      },
      { restoreToPointInTime: { sourceDbiResourceId: "db-A", useLatestRestorableTime: true } },
      { backupWindow: "03:00-03:30" },
      { skipFinalSnapshot: true, finalSnapshotIdentifier: undefined },
      // The provider asks for it when the instance is to go.
      { finalSnapshotIdentifier: undefined },
      { engine: "mysql", username: "admin", dbName: "db" },
    ],
    refused: {
      identifier: [
        [
          { identifier: "Orders" },
          "identifier 'Orders' must be lower-case letters, digits and single hyphens, a letter first and no hyphen last",
        ],
        [
          { identifier: "1st" },
          "identifier '1st' must be lower-case letters, digits and single hyphens, a letter first and no hyphen last",
        ],
        [
          { identifier: "a--b" },
          "identifier 'a--b' must be lower-case letters, digits and single hyphens, a letter first and no hyphen last",
        ],
        [
          { identifier: "a-" },
          "identifier 'a-' must be lower-case letters, digits and single hyphens, a letter first and no hyphen last",
        ],
      ],
      finalSnapshotIdentifier: [
        [
          { finalSnapshotIdentifier: "a_b" },
          "finalSnapshotIdentifier 'a_b' must be letters, digits and single hyphens, a letter first and no hyphen last",
        ],
        [
          { finalSnapshotIdentifier: "a-" },
          "finalSnapshotIdentifier 'a-' must be letters, digits and single hyphens, a letter first and no hyphen last",
        ],
        [
          { finalSnapshotIdentifier: "" },
          "finalSnapshotIdentifier '' must have 1 to 255 characters",
        ],
        [
          {
            finalSnapshotIdentifier: LONG,
          },
          `finalSnapshotIdentifier ${LONG_SHOWN} must have 1 to 255 characters`,
        ],
      ],
      engine: [
        [
          { engine: "postgresql" },
          "engine 'postgresql' must be one of postgres, mysql, mariadb, aurora-mysql, aurora-postgresql, db2-ae, db2-se, oracle-ee, oracle-ee-cdb, oracle-se2, oracle-se2-cdb, sqlserver-ee, sqlserver-se, sqlserver-ex, sqlserver-web, custom-oracle-ee, custom-oracle-ee-cdb, custom-oracle-se2, custom-oracle-se2-cdb, custom-sqlserver-ee, custom-sqlserver-se, custom-sqlserver-web, custom-sqlserver-dev",
        ],
      ],
      engineVersion: [
        [
          { engineVersion: "v17" },
          "engineVersion 'v17' must begin with a number, such as 17 or 17.4",
        ],
      ],
      instanceClass: [
        [
          { instanceClass: "t4g.micro" },
          "instanceClass 't4g.micro' must be a class of instances, such as db.t4g.micro",
        ],
      ],
      dbName: [
        [
          { dbName: "1st" },
          "dbName '1st' must be 1 to 63 letters, digits and underscores, a letter first",
        ],
        [
          { dbName: "a-b" },
          "dbName 'a-b' must be 1 to 63 letters, digits and underscores, a letter first",
        ],
      ],
      username: [
        [
          { username: "_app" },
          "username '_app' must be 1 to 63 letters, digits and underscores, a letter first",
        ],
      ],
      password: [
        [{ password: "short" }, "password must have 8 to 128 characters"],
        [
          { password: "pass word" },
          "password must consist of printable ASCII characters without a space",
        ],
        [{ password: "p@ssword" }, 'password must have none of the characters / " @'],
        [
          { password: "pässword" },
          "password must consist of printable ASCII characters without a space",
        ],
      ],
      passwordWo: [
        [
          { password: undefined, passwordWo: "with/slash" },
          'passwordWo must have none of the characters / " @',
        ],
      ],
      port: [
        [{ port: 1149 }, "port '1149' must be a whole number from 1150 to 65535"],
        [{ port: 65536 }, "port '65536' must be a whole number from 1150 to 65535"],
      ],
      storageType: [
        [{ storageType: "gp4" }, "storageType 'gp4' must be one of standard, gp2, gp3, io1, io2"],
      ],
      allocatedStorage: [
        [
          { allocatedStorage: 65537, maxAllocatedStorage: undefined },
          "allocatedStorage '65537' must be a whole number from 5 to 65536",
        ],
      ],
      maxAllocatedStorage: [
        [
          { maxAllocatedStorage: 65537 },
          "maxAllocatedStorage '65537' must be a whole number from 0 to 65536",
        ],
      ],
      backupRetentionPeriod: [
        [
          { backupRetentionPeriod: 36 },
          "backupRetentionPeriod '36' must be a whole number from 0 to 35",
        ],
      ],
      backupWindow: [
        [
          { backupWindow: "24:00-01:00" },
          "backupWindow '24:00-01:00' must be hh:mm-hh:mm, such as 02:00-03:00",
        ],
      ],
      maintenanceWindow: [
        [
          { maintenanceWindow: "sunday:03:30-sunday:04:30" },
          "maintenanceWindow 'sunday:03:30-sunday:04:30' must be ddd:hh:mm-ddd:hh:mm, such as sun:03:30-sun:04:30",
        ],
      ],
      caCertIdentifier: [
        [
          { caCertIdentifier: "rsa2048" },
          "caCertIdentifier 'rsa2048' must be an authority, such as rds-ca-rsa2048-g1",
        ],
      ],
      kmsKeyId: [[{ kmsKeyId: "k" }, "kmsKeyId 'k' must be an ARN"]],
      performanceInsightsKmsKeyId: [
        [
          { performanceInsightsKmsKeyId: "alias/aws/rds" },
          "performanceInsightsKmsKeyId 'alias/aws/rds' must be an ARN",
        ],
      ],
      performanceInsightsRetentionPeriod: [
        [
          { performanceInsightsRetentionPeriod: 30 },
          "performanceInsightsRetentionPeriod '30' must be one of 7, 31, 62, 93, 124, 155, 186, 217, 248, 279, 310, 341, 372, 403, 434, 465, 496, 527, 558, 589, 620, 651, 682, 713, 731",
        ],
      ],
      "restoreToPointInTime.restoreTime": [
        [
          { restoreToPointInTime: { sourceDbiResourceId: "db-A", restoreTime: "2026-11-26" } },
          "restoreToPointInTime.restoreTime '2026-11-26' must be a time in UTC to the second, such as 2026-11-26T08:15:00Z",
        ],
      ],
      iops: [
        [
          { allocatedStorage: 400, maxAllocatedStorage: 1000, iops: 12000.5 },
          "iops '12000.5' must be a whole number, 0 or more",
        ],
      ],
      storageThroughput: [
        [
          { allocatedStorage: 400, maxAllocatedStorage: 1000, storageThroughput: 0.5 },
          "storageThroughput '0.5' must be a whole number, 0 or more",
        ],
      ],
      networkType: [[{ networkType: "ipv4" }, "networkType 'ipv4' must be one of IPV4, DUAL"]],
      replicaMode: [
        [{ replicaMode: "open" }, "replicaMode 'open' must be one of mounted, open-read-only"],
      ],
      backupTarget: [[{ backupTarget: "s3" }, "backupTarget 's3' must be one of region, outposts"]],
      engineLifecycleSupport: [
        [
          { engineLifecycleSupport: "none" },
          "engineLifecycleSupport 'none' must be one of open-source-rds-extended-support, open-source-rds-extended-support-disabled",
        ],
      ],
      monitoringInterval: [
        [
          { monitoringInterval: 20 },
          "monitoringInterval '20' must be one of 0, 1, 5, 10, 15, 30, 60",
        ],
      ],
      "enabledCloudwatchLogsExports[]": [
        [
          { enabledCloudwatchLogsExports: ["slow"] },
          "enabledCloudwatchLogsExports[0] 'slow' must be one of postgresql, upgrade, iam-db-auth-error, agent, alert, audit, diag.log, error, general, listener, notify.log, oemagent, slowquery, trace",
        ],
      ],
    },
    together: [
      [
        {
          engine: undefined,
          username: undefined,
          password: undefined,
          allocatedStorage: undefined,
        },
        ["a new instance needs allocatedStorage, engine, username, password"],
      ],
      ...[true, false].map(
        (manageMasterUserPassword) =>
          [
            { manageMasterUserPassword },
            ["password and manageMasterUserPassword cannot be combined"],
          ] as const,
      ),
      [{ passwordWo: "12345678" }, ["password and passwordWo cannot be combined"]],
      [{ identifierPrefix: "orders-" }, ["identifier and identifierPrefix cannot be combined"]],
      ...["Admin", "rdsadmin", "user", "pg_app"].map(
        (username) =>
          [
            { username },
            ["username of PostgreSQL must not be admin, rdsadmin or user, nor begin with pg_"],
          ] as const,
      ),
      [
        { dbName: "DB", username: "user" },
        [
          "dbName of PostgreSQL must not be db or rdsadmin",
          "username of PostgreSQL must not be admin, rdsadmin or user, nor begin with pg_",
        ],
      ],
      [{ allocatedStorage: 19 }, ["allocatedStorage must be at least 20 GiB for its storageType"]],
      [
        { storageType: "io1", iops: 1000, allocatedStorage: 99, maxAllocatedStorage: undefined },
        ["allocatedStorage must be at least 100 GiB for its storageType"],
      ],
      [
        { allocatedStorage: 20, maxAllocatedStorage: 21 },
        ["maxAllocatedStorage must be at least a tenth more than allocatedStorage"],
      ],
      [
        { allocatedStorage: 20, maxAllocatedStorage: 20 },
        ["maxAllocatedStorage must be at least a tenth more than allocatedStorage"],
      ],
      [{ iops: 3000 }, ["iops and storageThroughput of gp3 can be set from 400 GiB on"]],
      [
        { allocatedStorage: 399, maxAllocatedStorage: 1000, storageThroughput: 500 },
        ["iops and storageThroughput of gp3 can be set from 400 GiB on"],
      ],
      [
        { storageType: "io1", allocatedStorage: 100, maxAllocatedStorage: 200 },
        ["iops is required for storage of type io1"],
      ],
      [
        { storageType: "io1", allocatedStorage: 100, maxAllocatedStorage: 200, iops: 5001 },
        ["iops of io1 must be from 1000 to 256000, and at most 50 for each GiB"],
      ],
      [
        {
          storageType: "io2",
          allocatedStorage: 100,
          maxAllocatedStorage: 200,
          iops: 999,
          storageThroughput: 500,
        },
        [
          "iops of io2 must be from 1000 to 256000, and at most 1000 for each GiB",
          "storageThroughput can only be set for gp3",
        ],
      ],
      [
        { allocatedStorage: 400, maxAllocatedStorage: 800, iops: 3000, storageThroughput: 499 },
        [
          "iops of gp3 must be from 12000 to 64000",
          "storageThroughput of gp3 must be from 500 to 4000",
        ],
      ],
      [
        { allocatedStorage: 400, maxAllocatedStorage: 800, iops: 12000, storageThroughput: 3001 },
        ["storageThroughput must be at most a quarter of iops"],
      ],
      [
        {
          restoreToPointInTime: {
            useLatestRestorableTime: true,
            restoreTime: "2026-11-26T08:15:00Z",
          },
        },
        [
          "restoreToPointInTime needs exactly one of restoreTime, useLatestRestorableTime; got restoreTime and useLatestRestorableTime",
          "restoreToPointInTime needs exactly one of sourceDbInstanceIdentifier, sourceDbiResourceId, sourceDbInstanceAutomatedBackupsArn; got none",
        ],
      ],
      [{ backupWindow: "03:00-03:29" }, ["backupWindow must be at least 30 minutes long"]],
      [
        { maintenanceWindow: "sun:23:50-mon:00:10" },
        ["maintenanceWindow must be at least 30 minutes long"],
      ],
      [{ backupWindow: "03:00-03:31" }, ["backupWindow and maintenanceWindow must not overlap"]],
      [
        { maintenanceWindow: "sun:23:30-mon:00:00" },
        ["backupWindow and maintenanceWindow must not overlap"],
      ],
    ],
  },
};
