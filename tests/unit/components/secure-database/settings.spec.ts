import * as assert from "node:assert/strict";
import type { SecureDatabaseArgs } from "../../../../components/secure-database";
import { resolveSettings } from "../../../../components/secure-database/settings";

const LEAST: SecureDatabaseArgs = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  clients: { cluster: "sg-1" },
  databaseName: "orders",
};
const DEFAULTS = {
  engine: { version: "17", parameterGroupFamily: "postgres17", autoMinorVersionUpgrade: true },
  allowMajorVersionUpgrade: false,
  instanceClass: "db.t4g.micro",
  storage: {
    allocatedGiB: 20,
    maximumGiB: 100,
    storageType: "gp3",
    iops: undefined,
    throughputMiBps: undefined,
  },
  multiAz: false,
  databaseName: "orders",
  username: "app_owner",
  password: { length: 32, special: false },
  parameters: [{ name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" }],
  backupRetentionDays: 7,
  backupWindow: "02:00-03:00",
  maintenanceWindow: "sun:03:30-sun:04:30",
  isProtected: true,
  recoveryWindowDays: 30,
  secretName: undefined,
  identifier: undefined,
  port: 5432,
  performanceInsights: true,
  logRetentionDays: 30,
  caCertificateIdentifier: "rds-ca-rsa2048-g1",
  applyImmediately: false,
};

const resolve = (args: Partial<SecureDatabaseArgs>) => resolveSettings({ ...LEAST, ...args });

describe("the settings of a database", () => {
  it("have these defaults", () => {
    assert.deepEqual(resolve({}), DEFAULTS);
  });

  it("keep their defaults where undefined is passed", () => {
    const optional = [
      ...["username", "engineVersion", "instanceClass", "allocatedStorageGiB", "lifecycle"],
      ...["maxAllocatedStorageGiB", "multiAz", "backupRetentionDays", "backupWindow"],
      ...["storageType", "iops", "storageThroughputMiBps"],
      ...["maintenanceWindow", "recoveryWindowDays", "passwordLength", "parameters", "port"],
      ...["passwordSpecialCharacters", "restoreFrom", "secretName", "identifier"],
      ...["performanceInsights", "logRetentionDays", "caCertificateIdentifier"],
      ...["applyImmediately", "allowMajorVersionUpgrade"],
    ];
    assert.deepEqual(
      resolve(Object.fromEntries(optional.map((key) => [key, undefined]))),
      DEFAULTS,
    );
  });

  it("of a disposable one give up what protects it", () => {
    assert.deepEqual(resolve({ lifecycle: "disposable" }), {
      ...DEFAULTS,
      isProtected: false,
      recoveryWindowDays: 0,
      applyImmediately: true,
    });
  });

  it("let a disposable one keep backups, a recovery window and its pace", () => {
    const kept = { recoveryWindowDays: 7, backupRetentionDays: 35, applyImmediately: false };
    assert.deepEqual(resolve({ lifecycle: "disposable", ...kept }), {
      ...DEFAULTS,
      ...kept,
      isProtected: false,
    });
  });

  it("of a restored one have no user", () => {
    const restored = resolve({ restoreFrom: { snapshotIdentifier: "before" } });
    assert.deepEqual(restored, { ...DEFAULTS, username: undefined });
  });

  it("have no password where RDS keeps it", () => {
    assert.deepEqual(resolve({ masterPassword: "managed" }), { ...DEFAULTS, password: undefined });
    assert.deepEqual(resolve({ masterPassword: "generated" }), DEFAULTS);
  });

  it("may turn off what is on by default", () => {
    assert.deepEqual(resolve({ performanceInsights: false, multiAz: true }), {
      ...DEFAULTS,
      performanceInsights: false,
      multiAz: true,
    });
  });
});

describe("the storage of a database", () => {
  const GP3 = { storageType: "gp3", iops: undefined, throughputMiBps: undefined };
  const STORAGE: readonly [Partial<SecureDatabaseArgs>, object][] = [
    [{ allocatedStorageGiB: 50 }, { allocatedGiB: 50, maximumGiB: 100 }],
    [{ allocatedStorageGiB: 51 }, { allocatedGiB: 51, maximumGiB: 102 }],
    [{ allocatedStorageGiB: 40_000 }, { allocatedGiB: 40_000, maximumGiB: 65_536 }],
    [{ allocatedStorageGiB: 65_536 }, { allocatedGiB: 65_536 }],
    [{ maxAllocatedStorageGiB: 20 }, { allocatedGiB: 20 }],
    [
      { allocatedStorageGiB: 50, maxAllocatedStorageGiB: 55 },
      { allocatedGiB: 50, maximumGiB: 55 },
    ],
    [
      { allocatedStorageGiB: 100, storageType: "io2", iops: 3000 },
      { allocatedGiB: 100, maximumGiB: 200, storageType: "io2", iops: 3000 },
    ],
    [
      { allocatedStorageGiB: 400, storageThroughputMiBps: 1000 },
      { allocatedGiB: 400, maximumGiB: 800, throughputMiBps: 1000 },
    ],
  ];
  for (const [args, expected] of STORAGE) {
    it(`follows from ${JSON.stringify(args)}`, () =>
      assert.deepEqual(resolve(args).storage, { ...GP3, ...expected }));
  }
});

describe("the parameters of a database", () => {
  it("come after TLS, which is never listed twice", () => {
    const { parameters } = resolve({
      parameters: {
        work_mem: { value: "8192", apply: "immediate" },
        "rds.force_ssl": { value: "1", apply: "immediate" },
        shared_buffers: { value: "32768", apply: "pending-reboot" },
      },
    });
    assert.deepEqual(parameters, [
      { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" },
      { name: "work_mem", value: "8192", applyMethod: "immediate" },
      { name: "shared_buffers", value: "32768", applyMethod: "pending-reboot" },
    ]);
  });
});
