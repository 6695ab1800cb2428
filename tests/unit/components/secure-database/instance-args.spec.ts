import * as assert from "node:assert/strict";
import {
  instanceArgs,
  replacementInputs,
  suffixKeepers,
} from "../../../../components/secure-database/instance-args";
import { restoredFrom, restoredTo } from "../../../../components/secure-database/restore";
import { resolveSettings } from "../../../../components/secure-database/settings";
import type { SecureDatabaseArgs } from "../../../../components/secure-database";

const LINKS = {
  identifier: "orders-0123abcd",
  finalSnapshotIdentifier: "orders-final-0123abcd",
  dbSubnetGroupName: "orders-subnets",
  parameterGroupName: "orders-parameters",
  vpcSecurityGroupIds: ["sg-1"],
};
const MOMENT = "2026-11-26T08:15:00Z";
const PROTECTED = {
  ...LINKS,
  dbName: "orders",
  username: "app_owner",
  engine: "postgres",
  engineVersion: "17",
  autoMinorVersionUpgrade: true,
  allowMajorVersionUpgrade: false,
  instanceClass: "db.t4g.micro",
  multiAz: false,
  storageType: "gp3",
  storageEncrypted: true,
  allocatedStorage: 20,
  maxAllocatedStorage: 100,
  publiclyAccessible: false,
  port: 5432,
  caCertIdentifier: "rds-ca-rsa2048-g1",
  backupRetentionPeriod: 7,
  backupWindow: "02:00-03:00",
  maintenanceWindow: "sun:03:30-sun:04:30",
  applyImmediately: false,
  copyTagsToSnapshot: true,
  deletionProtection: true,
  skipFinalSnapshot: false,
  enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
  performanceInsightsEnabled: true,
  performanceInsightsRetentionPeriod: 7,
  performanceInsightsKmsKeyId: undefined,
};

const settings = (args: Partial<SecureDatabaseArgs> = {}) =>
  resolveSettings({
    vpcId: "vpc-1",
    subnetIds: ["subnet-a", "subnet-b"],
    clients: { cluster: "sg-2" },
    databaseName: "orders",
    ...args,
  });

describe("the arguments of the instance", () => {
  it("are these for a protected database", () => {
    assert.deepEqual(instanceArgs(settings(), {}, LINKS), PROTECTED);
  });

  it("carry the key twice, and none for Performance Insights that are off", () => {
    assert.deepEqual(instanceArgs(settings(), { kmsKeyArn: "arn" }, LINKS), {
      ...PROTECTED,
      kmsKeyId: "arn",
      performanceInsightsKmsKeyId: "arn",
    });
    const { performanceInsightsRetentionPeriod, performanceInsightsKmsKeyId, ...rest } = PROTECTED;
    assert.deepEqual(
      [performanceInsightsRetentionPeriod, performanceInsightsKmsKeyId],
      [7, undefined],
    );
    const off = settings({ performanceInsights: false });
    assert.deepEqual(instanceArgs(off, { kmsKeyArn: "arn" }, LINKS), {
      ...rest,
      kmsKeyId: "arn",
      performanceInsightsEnabled: false,
    });
  });
});

describe("the storage arguments of the instance", () => {
  it("name what is asked for beyond the type", () => {
    const io2 = settings({ allocatedStorageGiB: 100, storageType: "io2", iops: 3000 });
    assert.deepEqual(instanceArgs(io2, {}, LINKS), {
      ...PROTECTED,
      storageType: "io2",
      allocatedStorage: 100,
      maxAllocatedStorage: 200,
      iops: 3000,
    });
    const gp3 = settings({ allocatedStorageGiB: 400, iops: 16_000, storageThroughputMiBps: 4000 });
    assert.deepEqual(instanceArgs(gp3, {}, LINKS), {
      ...PROTECTED,
      allocatedStorage: 400,
      maxAllocatedStorage: 800,
      iops: 16_000,
      storageThroughput: 4000,
    });
  });
});

describe("what an instance is made from", () => {
  const made = { databaseName: "orders", username: "app_owner" };

  it("is a new database and its user, with a key where there is one", () => {
    assert.deepEqual(replacementInputs(made, {}), { dbName: "orders", username: "app_owner" });
    assert.deepEqual(replacementInputs({ databaseName: "orders" }, {}), { dbName: "orders" });
    assert.deepEqual(replacementInputs(made, { kmsKeyArn: "arn" }), {
      dbName: "orders",
      username: "app_owner",
      kmsKeyId: "arn",
    });
  });

  it("is the snapshot and nothing else when it is restored", () => {
    assert.deepEqual(
      replacementInputs(
        { databaseName: "orders" },
        { restored: restoredFrom("before"), kmsKeyArn: "arn" },
      ),
      { snapshotIdentifier: "before" },
    );
  });

  it("keeps the suffix, as strings alone", () => {
    const keepers = (origin: Parameters<typeof suffixKeepers>[1]) => suffixKeepers(made, origin);
    assert.deepEqual(keepers({ kmsKeyArn: "arn" }), {
      dbName: "orders",
      username: "app_owner",
      kmsKeyId: "arn",
    });
    assert.deepEqual(keepers({ restored: restoredFrom("before") }), {
      snapshotIdentifier: "before",
    });
    assert.deepEqual(keepers({ restored: restoredTo(MOMENT, "sourceResourceId", "db-ABC") }), {
      restoreTime: MOMENT,
      sourceDbiResourceId: "db-ABC",
    });
    const latest = restoredTo("latest", "sourceInstanceIdentifier", "orders-old");
    assert.deepEqual(keepers({ restored: latest }), {
      restoreTime: "latest",
      sourceDbInstanceIdentifier: "orders-old",
    });
  });

  it("is a moment of one source", () => {
    assert.deepEqual(restoredTo(MOMENT, "sourceBackupsArn", "arn").inputs, {
      restoreToPointInTime: {
        restoreTime: MOMENT,
        sourceDbInstanceAutomatedBackupsArn: "arn",
      },
    });
    assert.deepEqual(restoredTo("latest", "sourceInstanceIdentifier", "orders-old").inputs, {
      restoreToPointInTime: {
        useLatestRestorableTime: true,
        sourceDbInstanceIdentifier: "orders-old",
      },
    });
  });
});
