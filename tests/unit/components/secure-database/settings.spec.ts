import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { SecureDatabaseArgs } from "../../../../components/secure-database";
import { resolveSettings } from "../../../../components/secure-database/settings";

const COMPONENT = "SecureDatabase 'orders'";
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
  storage: { allocatedGiB: 20, maximumGiB: 100 },
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

const resolve = (args: Partial<SecureDatabaseArgs>) =>
  resolveSettings(COMPONENT, "orders", { ...LEAST, ...args });

describe("the settings of a database", () => {
  it("have these defaults", () => {
    assert.deepEqual(resolve({}), DEFAULTS);
  });

  it("keep their defaults where undefined is passed", () => {
    const optional = [
      ...["username", "engineVersion", "instanceClass", "allocatedStorageGiB", "lifecycle"],
      ...["maxAllocatedStorageGiB", "multiAz", "backupRetentionDays", "backupWindow"],
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

  it("may turn off what is on by default", () => {
    assert.deepEqual(resolve({ performanceInsights: false, multiAz: true }), {
      ...DEFAULTS,
      performanceInsights: false,
      multiAz: true,
    });
  });

  const wholeNumber = (limits: string, value: unknown): string =>
    `must be a whole number ${limits}; got ${String(value)}`;
  const gib = "from 20 to 65536 GiB";
  const growth = (allocated: number, least: number, value: number): string =>
    `must be at least a tenth more than 'allocatedStorageGiB' (${allocated}), so ${least} or ` +
    `more, or equal to it for storage that does not grow; got ${value}`;
  const recovery = (value: number): string =>
    `must be a whole number from 7 to 30 days, or 0 to delete the secret at once; got ${value}`;
  const periods =
    "must be one of the periods that CloudWatch Logs keeps (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, " +
    "180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days); got";
  const REFUSED: readonly [Record<string, unknown>, string, string][] = [
    [{ allocatedStorageGiB: 19 }, "allocatedStorageGiB", wholeNumber(gib, 19)],
    [{ allocatedStorageGiB: 65_537 }, "allocatedStorageGiB", wholeNumber(gib, 65_537)],
    [{ allocatedStorageGiB: 20.5 }, "allocatedStorageGiB", wholeNumber(gib, 20.5)],
    [{ allocatedStorageGiB: NaN }, "allocatedStorageGiB", wholeNumber(gib, NaN)],
    [{ maxAllocatedStorageGiB: 65_537 }, "maxAllocatedStorageGiB", wholeNumber(gib, 65_537)],
    [{ maxAllocatedStorageGiB: 19 }, "maxAllocatedStorageGiB", wholeNumber(gib, 19)],
    [
      { allocatedStorageGiB: 50, maxAllocatedStorageGiB: 49 },
      "maxAllocatedStorageGiB",
      growth(50, 55, 49),
    ],
    [
      { allocatedStorageGiB: 50, maxAllocatedStorageGiB: 54 },
      "maxAllocatedStorageGiB",
      growth(50, 55, 54),
    ],
    [{ port: 1149 }, "port", wholeNumber("from 1150 to 65535", 1149)],
    [{ port: 65_536 }, "port", wholeNumber("from 1150 to 65535", 65_536)],
    [{ port: 5432.1 }, "port", wholeNumber("from 1150 to 65535", 5432.1)],
    [{ backupRetentionDays: 36 }, "backupRetentionDays", wholeNumber("from 0 to 35 days", 36)],
    [{ backupRetentionDays: -1 }, "backupRetentionDays", wholeNumber("from 0 to 35 days", -1)],
    [
      { backupRetentionDays: 0 },
      "backupRetentionDays",
      "must be at least 1 day when 'lifecycle' is \"protected\"; got 0, which turns backups off; " +
        "set 'lifecycle' to \"disposable\" if the data may be lost",
    ],
    [
      { recoveryWindowDays: 0 },
      "recoveryWindowDays",
      "must be 7 to 30 days when 'lifecycle' is \"protected\"; got 0, which deletes the secret at " +
        "once; set 'lifecycle' to \"disposable\" if the secret may be lost",
    ],
    [{ recoveryWindowDays: 6 }, "recoveryWindowDays", recovery(6)],
    [{ recoveryWindowDays: 31 }, "recoveryWindowDays", recovery(31)],
    [{ recoveryWindowDays: 7.5 }, "recoveryWindowDays", recovery(7.5)],
    [{ lifecycle: "disposable", recoveryWindowDays: 6 }, "recoveryWindowDays", recovery(6)],
    [{ lifecycle: "keep" }, "lifecycle", 'must be "protected" or "disposable"; got "keep"'],
    [{ logRetentionDays: 31 }, "logRetentionDays", `${periods} 31`],
    [{ logRetentionDays: 0 }, "logRetentionDays", `${periods} 0`],
    ...[
      "t4g.micro",
      "db.t4g",
      "db.T4G.micro",
      "",
      "db..micro",
      "xdb.t4g.micro",
      "db.t4g.micro ",
    ].map((instanceClass): [Record<string, unknown>, string, string] => [
      { instanceClass },
      "instanceClass",
      `must be a class of RDS instances, such as "db.t4g.micro"; got "${instanceClass}"`,
    ]),
    [
      { clients: {} },
      "clients",
      "must name at least one security group, or nobody could connect; got none; " +
        "for pods pass the cluster's: { cluster: securityGroupId }",
    ],
    [
      { username: "owner", restoreFrom: { snapshotIdentifier: "before" } },
      "username",
      `must be left out with 'restoreFrom': the user comes with the snapshot; got "owner"`,
    ],
    [
      { parameters: { "rds.force_ssl": { value: "0", apply: "immediate" } } },
      "parameters.rds.force_ssl",
      'must be "1": this database accepts no connection without TLS; got "0"; leave the ' +
        "parameter out, and give the client the certificate authorities of RDS",
    ],
    [
      { parameters: { work_mem: { value: "8192", apply: "later" } } },
      "parameters.work_mem",
      `must have an 'apply' of "immediate" or "pending-reboot"; got "later"`,
    ],
  ];
  for (const [args, path, problem] of REFUSED) {
    it(`refuse ${JSON.stringify(args)}`, () =>
      assert.throws(() => resolve(args), {
        name: "ArgError",
        component: COMPONENT,
        path,
        message: `${COMPONENT}: '${path}' ${problem}`,
      }));
  }

  const CHECKED_ELSEWHERE: readonly [Partial<SecureDatabaseArgs>, string][] = [
    [{ engineVersion: "12" }, "engineVersion"],
    [{ databaseName: "Orders" }, "databaseName"],
    [{ username: "admin" }, "username"],
    [{ identifier: "Orders" }, "identifier"],
    [{ secretName: "orders-secret" }, "secretName"],
    [{ clients: { "my cluster": "sg-1" } }, "clients.my cluster"],
    [{ passwordLength: 8 }, "passwordLength"],
    [{ passwordSpecialCharacters: "@" }, "passwordSpecialCharacters"],
    [{ backupWindow: "3am" }, "backupWindow"],
    [{ maintenanceWindow: "sun:02:30-sun:03:30" }, "maintenanceWindow"],
  ];
  for (const [args, path] of CHECKED_ELSEWHERE) {
    it(`are checked by the rules of '${path}'`, () =>
      assert.throws(() => resolve(args), { name: "ArgError", path }));
  }

  it("are checked for a name that RDS takes", () => {
    assert.throws(() => resolveSettings(COMPONENT, "Orders", LEAST), { path: "name" });
  });

  const ACCEPTED: readonly Partial<SecureDatabaseArgs>[] = [
    { allocatedStorageGiB: 65_536 },
    { port: 1150 },
    { port: 65_535 },
    { backupRetentionDays: 1 },
    { backupRetentionDays: 35 },
    { lifecycle: "disposable", backupRetentionDays: 0 },
    { recoveryWindowDays: 7 },
    { recoveryWindowDays: 30 },
    { logRetentionDays: 1 },
    { logRetentionDays: 3653 },
    { instanceClass: "db.r7g.16xlarge" },
    { instanceClass: "db.m6id.24xlarge" },
    { username: "owner" },
    { engineVersion: "17.10" },
  ];
  for (const args of ACCEPTED) {
    it(`accept ${JSON.stringify(args)}`, () => assert.doesNotThrow(() => resolve(args)));
  }
});

describe("the storage of a database", () => {
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
  ];
  for (const [args, expected] of STORAGE) {
    it(`follows from ${JSON.stringify(args)}`, () =>
      assert.deepEqual(resolve(args).storage, expected));
  }

  it("either does not grow or has at least a tenth to grow", () => {
    const gibs = fc.integer({ min: 20, max: 65_536 });
    fc.assert(
      fc.property(gibs, gibs, (allocatedStorageGiB, maxAllocatedStorageGiB) => {
        const run = () => resolve({ allocatedStorageGiB, maxAllocatedStorageGiB }).storage;
        const grows = maxAllocatedStorageGiB * 10 >= allocatedStorageGiB * 11;
        if (!grows && maxAllocatedStorageGiB !== allocatedStorageGiB) {
          assert.throws(run, { name: "ArgError", path: "maxAllocatedStorageGiB" });
        } else {
          const maximumGiB = grows ? maxAllocatedStorageGiB : undefined;
          assert.equal(run().maximumGiB, maximumGiB);
        }
      }),
    );
  });
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
