import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import { secureDatabaseProblems, type SecureDatabaseArgs } from "../../../../components";

const LEAST: SecureDatabaseArgs = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  clients: { cluster: "sg-1" },
  databaseName: "orders",
};
const problems = (args: object) =>
  secureDatabaseProblems("orders", { ...LEAST, ...args }).map(({ path, reason }) => [path, reason]);

const GIB = "must be a whole number from 20 to 65536 GiB";
const PORT = "must be a whole number from 1150 to 65535";
const BACKUPS = "must be a whole number from 0 to 35 days";
const RECOVERY = "must be a whole number from 7 to 30 days, or 0 to delete the secret at once";
const PERIODS =
  "must be one of the periods that CloudWatch Logs keeps (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, " +
  "180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days)";
const CLASS = 'must be a class of RDS instances, such as "db.t4g.micro"';
const WHEN = 'must be "immediate" or "pending-reboot"';
const growth = (allocated: number, least: number): string =>
  `must be at least a tenth more than 'allocatedStorageGiB' (${allocated}), so ${least} or more, ` +
  "or equal to it for storage that does not grow";
const plain = (type: string): string =>
  `must be a plain ${type}, not an Output: it decides what is declared, before any Output is ` +
  "known; pass a constant or a value of the configuration";

const UNKNOWN_GROUP = pulumi.output("sg-1");
const AUTHORITY = 'must be a certificate authority of RDS, such as "rds-ca-rsa2048-g1"';
const managed = (what: string): string =>
  `must be left out with 'masterPassword' "managed": RDS ${what}`;
const RESOURCE_ID = 'must be the resource id of a DB instance ("db-…", capitals and digits)';
const BACKUPS_ARN_FORM =
  'must be the ARN of automated backups ("arn:aws:rds:REGION:ACCOUNT:auto-backup:ab-…")';
const STRIPED = "below, gp3 has 3000 IOPS and 125 MiB/s and no more; leave it out, or choose io2";
const MOMENT = 'must be "latest", or a moment in UTC, such as "2026-11-26T08:15:00Z"';
const SOURCES = "must have one of sourceInstanceIdentifier, sourceResourceId, sourceBackupsArn";
const BACKUPS_ARN = "arn:aws:rds:eu-west-1:123456789012:auto-backup:ab-0123456789abcdef0";
const at = (source: object, time = "latest"): Partial<SecureDatabaseArgs> => ({
  restoreFrom: { pointInTime: { ...source, time } },
});

/** Arguments, and the path and the reason of each problem. */
const REFUSED: readonly [args: object, ...problems: [path: string, reason: string][]][] = [
  [
    { clients: { api: "sg-1", jobs: "sg-2", web: "sg-1", admin: "sg-1" } },
    ["clients.web", "must not be the group of 'api' too: each group gets one rule"],
    ["clients.admin", "must not be the group of 'api' too: each group gets one rule"],
  ],
  [
    { clients: { api: UNKNOWN_GROUP, jobs: UNKNOWN_GROUP, web: pulumi.output("sg-1") } },
    ["clients.jobs", "must not be the group of 'api' too: each group gets one rule"],
  ],
  [
    { parameters: { "work\nmem": { value: "1", apply: "immediate" } } },
    [
      'parameters["work\\nmem"]',
      "must be the name of a parameter: letters, digits, '_', '$' and dots between its parts; got " +
        '"work\\nmem"',
    ],
  ],
  [{ storageType: "gp2" }, ["storageType", 'must be "gp3", "io1" or "io2"; got "gp2"']],
  [{ iops: 999 }, ["iops", "must be a whole number from 1000 to 256000; got 999"]],
  [
    { storageThroughputMiBps: 4001 },
    ["storageThroughputMiBps", "must be a whole number from 125 to 4000 MiB/s; got 4001"],
  ],
  [
    { allocatedStorageGiB: 399, iops: 12_000, storageThroughputMiBps: 500 },
    ["iops", `can be set from 400 GiB on ('allocatedStorageGiB' is 399): ${STRIPED}`],
    [
      "storageThroughputMiBps",
      `can be set from 400 GiB on ('allocatedStorageGiB' is 399): ${STRIPED}`,
    ],
  ],
  [
    { allocatedStorageGiB: 400, iops: 11_999, storageThroughputMiBps: 499 },
    ["iops", "must be from 12000 to 64000 with gp3; got 11999"],
    ["storageThroughputMiBps", "must be from 500 to 4000 with gp3; got 499"],
  ],
  [
    { allocatedStorageGiB: 400, iops: 64_001 },
    ["iops", "must be from 12000 to 64000 with gp3; got 64001"],
  ],
  [
    { allocatedStorageGiB: 400, iops: 15_999, storageThroughputMiBps: 4000 },
    ["storageThroughputMiBps", "must be at most a quarter of 'iops' (15999); got 4000"],
  ],
  [
    { allocatedStorageGiB: 400, storageThroughputMiBps: 3001 },
    [
      "storageThroughputMiBps",
      "must be at most a quarter of 'iops' (12000, which it is where it is left out); got 3001",
    ],
  ],
  [
    { storageType: "io1", iops: 3000 },
    ["allocatedStorageGiB", "must be at least 100 GiB with 'storageType' \"io1\"; got 20"],
  ],
  [
    { allocatedStorageGiB: 100, storageType: "io2", storageThroughputMiBps: 500 },
    ["iops", 'is missing: "io2" is storage with a number of IOPS of its own'],
    ["storageThroughputMiBps", "must be left out with \"io2\": its throughput follows 'iops'"],
  ],
  [
    { allocatedStorageGiB: 100, storageType: "io1", iops: 5001 },
    ["iops", "must be from 1000 to 5000 with io1 of 100 GiB; got 5001"],
  ],
  [
    { allocatedStorageGiB: 4001, storageType: "io1", iops: 2000 },
    ["iops", "must be from 2001 to 200050 with io1 of 4001 GiB; got 2000"],
  ],
  [
    { allocatedStorageGiB: 200, storageType: "io2", iops: 200_001 },
    ["iops", "must be from 1000 to 200000 with io2 of 200 GiB; got 200001"],
  ],
  [
    { restoreFrom: { snapshotIdentifier: "s", pointInTime: { time: "latest" } } },
    ["restoreFrom", "must have either 'snapshotIdentifier' or 'pointInTime'; got both"],
  ],
  [
    { restoreFrom: { pointInTime: {} } },
    ["restoreFrom.pointInTime.time", "must be a string; got nothing"],
    ["restoreFrom.pointInTime", `${SOURCES}; got none`],
  ],
  [
    { restoreFrom: { pointInTime: "latest" } },
    ["restoreFrom.pointInTime", 'must be an object; got "latest"'],
  ],
  [
    at({ sourceInstanceIdentifier: "orders", sourceResourceId: "orders", sourceBackupsArn: "x" }),
    ["restoreFrom.pointInTime.sourceResourceId", `${RESOURCE_ID}; got "orders"`],
    ["restoreFrom.pointInTime.sourceBackupsArn", `${BACKUPS_ARN_FORM}; got "x"`],
    [
      "restoreFrom.pointInTime",
      `${SOURCES}; got sourceInstanceIdentifier and sourceResourceId and sourceBackupsArn`,
    ],
  ],
  ...[
    ...["2026-11-26", "2026-11-26T08:15:00", "2026-11-26T08:15:00.5Z", "2026-11-26T08:15:00+01:00"],
    ...["2026-02-29T08:15:00Z", "2026-13-01T08:15:00Z", "2026-11-26T24:15:00Z", "now", ""],
    ...["+010000-01-01T00:00:00Z", "-000001-01-01T00:00:00Z"],
  ].map((time): [object, [string, string]] => [
    at({ sourceInstanceIdentifier: "orders-old" }, time),
    ["restoreFrom.pointInTime.time", `${MOMENT}; got ${JSON.stringify(time)}`],
  ]),
  ...["xdb-ABCDEFGHIJ", "db-ABCDEFGHIJ-1", "db-ABCDEFGHI", "db-abcdefghij"].map(
    (sourceResourceId): [object, [string, string]] => [
      at({ sourceResourceId }),
      ["restoreFrom.pointInTime.sourceResourceId", `${RESOURCE_ID}; got "${sourceResourceId}"`],
    ],
  ),
  ...[`x${BACKUPS_ARN}`, `${BACKUPS_ARN}/1`].map((sourceBackupsArn): [object, [string, string]] => [
    at({ sourceBackupsArn }),
    ["restoreFrom.pointInTime.sourceBackupsArn", `${BACKUPS_ARN_FORM}; got "${sourceBackupsArn}"`],
  ]),
  [
    { ...at({ sourceInstanceIdentifier: "orders" }), identifier: "orders" },
    [
      "identifier",
      "must not be that of the instance to restore: RDS restores into a new one; leave " +
        "'identifier' out, or choose another; got \"orders\"",
    ],
  ],
  ...["xrds-ca-2019", "rds-ca-2019.", "rds-ca-RSA", "rds-ca-"].map(
    (caCertificateIdentifier): [object, [string, string]] => [
      { caCertificateIdentifier },
      ["caCertificateIdentifier", `${AUTHORITY}; got "${caCertificateIdentifier}"`],
    ],
  ),
  [
    {
      masterPassword: "managed",
      passwordLength: 20,
      passwordSpecialCharacters: "-",
      secretName: "orders",
      recoveryWindowDays: 7,
      transform: { secret: (planned: object) => planned },
    },
    ["passwordLength", managed("makes the password itself")],
    ["passwordSpecialCharacters", managed("makes the password itself")],
    ["secretName", managed("names its secret itself")],
    ["recoveryWindowDays", managed("deletes its secret itself, together with the instance")],
    ["transform.secret", managed("makes its secret itself")],
  ],
  [{ masterPassword: "managed", transform: "x" }, ["transform", 'must be an object; got "x"']],
  [{ allocatedStorageGiB: 19 }, ["allocatedStorageGiB", `${GIB}; got 19`]],
  [{ allocatedStorageGiB: 65_537 }, ["allocatedStorageGiB", `${GIB}; got 65537`]],
  [{ allocatedStorageGiB: 20.5 }, ["allocatedStorageGiB", `${GIB}; got 20.5`]],
  [{ allocatedStorageGiB: NaN }, ["allocatedStorageGiB", `${GIB}; got NaN`]],
  [{ maxAllocatedStorageGiB: 65_537 }, ["maxAllocatedStorageGiB", `${GIB}; got 65537`]],
  [{ maxAllocatedStorageGiB: 19 }, ["maxAllocatedStorageGiB", `${GIB}; got 19`]],
  [
    { allocatedStorageGiB: 50, maxAllocatedStorageGiB: 49 },
    ["maxAllocatedStorageGiB", `${growth(50, 55)}; got 49`],
  ],
  [{ maxAllocatedStorageGiB: 21 }, ["maxAllocatedStorageGiB", `${growth(20, 22)}; got 21`]],
  [{ port: 1149 }, ["port", `${PORT}; got 1149`]],
  [{ port: 65_536 }, ["port", `${PORT}; got 65536`]],
  [{ backupRetentionDays: 36 }, ["backupRetentionDays", `${BACKUPS}; got 36`]],
  [{ backupRetentionDays: -1 }, ["backupRetentionDays", `${BACKUPS}; got -1`]],
  [
    { backupRetentionDays: 0 },
    [
      "backupRetentionDays",
      "must be at least 1 day when 'lifecycle' is \"protected\", because 0 turns backups off; set " +
        "'lifecycle' to \"disposable\" if the data may be lost; got 0",
    ],
  ],
  [
    { recoveryWindowDays: 0 },
    [
      "recoveryWindowDays",
      "must be 7 to 30 days when 'lifecycle' is \"protected\", because 0 deletes the secret at " +
        "once; set 'lifecycle' to \"disposable\" if the secret may be lost; got 0",
    ],
  ],
  [{ recoveryWindowDays: 6 }, ["recoveryWindowDays", `${RECOVERY}; got 6`]],
  [{ recoveryWindowDays: 31 }, ["recoveryWindowDays", `${RECOVERY}; got 31`]],
  [{ recoveryWindowDays: 7.5 }, ["recoveryWindowDays", `${RECOVERY}; got 7.5`]],
  [
    { lifecycle: "disposable", recoveryWindowDays: 6 },
    ["recoveryWindowDays", `${RECOVERY}; got 6`],
  ],
  [{ lifecycle: "keep" }, ["lifecycle", 'must be "protected" or "disposable"; got "keep"']],
  [{ logRetentionDays: 31 }, ["logRetentionDays", `${PERIODS}; got 31`]],
  [{ logRetentionDays: 0 }, ["logRetentionDays", `${PERIODS}; got 0`]],
  ...["t4g.micro", "db.t4g", "db.T4G.micro", "", "db..micro", "xdb.t4g.micro", "db.t4g.micro "].map(
    (instanceClass): [object, [string, string]] => [
      { instanceClass },
      ["instanceClass", `${CLASS}; got ${JSON.stringify(instanceClass)}`],
    ],
  ),
  [
    { username: "owner", restoreFrom: { snapshotIdentifier: "before" } },
    [
      "username",
      "must be left out with 'restoreFrom': the user comes with the data; got \"owner\"",
    ],
  ],
  [
    { parameters: { "rds.force_ssl": { value: "0", apply: "immediate" } } },
    [
      'parameters["rds.force_ssl"].value',
      'must be "1": this database accepts no connection without TLS; leave the parameter out, ' +
        'and give the client the certificate authorities of RDS; got "0"',
    ],
  ],
  [
    { parameters: { "rds.force_ssl": { value: 0, apply: "immediate" } } },
    ['parameters["rds.force_ssl"].value', "must be a string; got 0"],
  ],
  [
    {
      parameters: {
        work_mem: { value: 8192, apply: "later" },
        "log.x": { value: "1" },
        port: "5432",
      },
    },
    ["parameters.work_mem.value", "must be a string; got 8192"],
    ["parameters.work_mem.apply", `${WHEN}; got "later"`],
    ['parameters["log.x"].apply', `${WHEN}; got nothing`],
    ["parameters.port", 'must be an object; got "5432"'],
  ],
  [
    { clients: { "my.jobs": "10.0.0.0/16", web: 5 } },
    [
      'clients["my.jobs"]',
      "must be 1 to 63 lower-case letters, digits and single hyphens, a letter first and no " +
        'hyphen last; got "my.jobs"',
    ],
    [
      'clients["my.jobs"]',
      'must be the id of a security group ("sg-…"), because address ranges cannot be admitted; ' +
        'give the client a security group and pass its id; got "10.0.0.0/16"',
    ],
    ["clients.web", "must be a string; got 5"],
  ],
  [
    { subnetIds: ["a", "subnet-b", "c"] },
    ["subnetIds[0]", 'must be the id of a subnet ("subnet-…"); got "a"'],
    ["subnetIds[2]", 'must be the id of a subnet ("subnet-…"); got "c"'],
  ],
  [
    { maintenanceWindow: "sun:02:30-sun:03:30" },
    [
      "maintenanceWindow",
      'must not overlap the daily backup window "02:00-03:00", and overlaps the backup that ' +
        "begins on sun; move 'maintenanceWindow' or 'backupWindow'; got \"sun:02:30-sun:03:30\"",
    ],
  ],
  [
    { backupWindow: "03:30-04:30" },
    [
      "maintenanceWindow",
      'must not overlap the daily backup window "03:30-04:30", and overlaps the backup that ' +
        "begins on sun; move 'maintenanceWindow' or 'backupWindow'; got \"sun:03:30-sun:04:30\"",
    ],
  ],
  [
    { databaseName: pulumi.output("orders"), port: pulumi.output(5432) },
    ["databaseName", plain("string")],
    ["port", plain("number")],
  ],
  [
    { clients: pulumi.output({}), lifecycle: pulumi.output("disposable"), multiAz: "yes" },
    ["clients", plain("object")],
    ["multiAz", 'must be a boolean; got "yes"'],
    ["lifecycle", plain("value")],
  ],
  [
    { transform: { instance: "x", secret: null } },
    ["transform.instance", 'must be a function; got "x"'],
    ["transform.secret", "must be a function; got null"],
  ],
  [{ tags: { "cost center": 5 } }, ['tags["cost center"]', "must be a string; got 5"]],
];

/** Arguments whose other problem, with another argument, cannot be told before this one is mended. */
const REFUSED_ALONE: readonly [args: object, path: string][] = [
  [{ allocatedStorageGiB: 19, maxAllocatedStorageGiB: 20 }, "allocatedStorageGiB"],
  [
    { ...at({ sourceInstanceIdentifier: "orders" }, "soon"), identifier: "orders" },
    "restoreFrom.pointInTime.time",
  ],
  [{ backupWindow: "03:30-03:40" }, "backupWindow"],
  [{ backupRetentionDays: 0, recoveryWindowDays: 0, lifecycle: "keep" }, "lifecycle"],
];

describe("the problems of a database's arguments", () => {
  for (const [args, ...expected] of REFUSED) {
    const title = Object.entries(args).map(
      ([name, value]) =>
        `${name} ${pulumi.Output.isInstance(value) ? "Output" : JSON.stringify(value)}`,
    );
    it(`tell what is wrong with ${title.join(", ")}`, () =>
      assert.deepEqual(problems(args), expected));
  }

  for (const [args, path] of REFUSED_ALONE) {
    it(`tell of ${path} alone with ${JSON.stringify(args)}`, () =>
      assert.deepEqual(
        problems(args).map(([found]) => found),
        [path],
      ));
  }

  it("come all at once, also of several arguments and inside one", () => {
    const paths = secureDatabaseProblems("Orders", {
      subnetIds: ["a", "b"],
      clients: { a: "1", b: "2" },
      databaseName: "Orders",
      engineVersion: "12",
      passwordLength: 8,
      passwordSpecialCharacters: "@",
      kmsKeyArn: "alias/orders",
      restoreFrom: {},
      secretName: "orders-secret",
      identifier: "Orders",
      backupWindow: "3am",
    }).map(({ path }) => path);
    assert.deepEqual(paths, [
      "name",
      "vpcId",
      "subnetIds[0]",
      "subnetIds[1]",
      "clients.a",
      "clients.b",
      "databaseName",
      "engineVersion",
      "backupWindow",
      "passwordLength",
      "passwordSpecialCharacters",
      "kmsKeyArn",
      "restoreFrom.snapshotIdentifier",
      "secretName",
      "identifier",
    ]);
  });

  for (const [args, got] of [
    [undefined, "nothing"],
    [null, "null"],
    ["orders", '"orders"'],
    [[], "a list"],
    [pulumi.output({}), undefined],
  ] as const) {
    it(`are that there are no arguments: ${got ?? "an Output"}`, () => {
      const reason = got === undefined ? plain("object") : `must be an object; got ${got}`;
      assert.deepEqual(secureDatabaseProblems("orders", args), [{ path: "args", reason }]);
    });
  }

  const ACCEPTED: readonly Partial<SecureDatabaseArgs>[] = [
    { allocatedStorageGiB: 65_536 },
    { port: 1150 },
    { port: 65_535 },
    { backupRetentionDays: 1 },
    { backupRetentionDays: 35 },
    { lifecycle: "disposable", backupRetentionDays: 0, recoveryWindowDays: 0 },
    { recoveryWindowDays: 7 },
    { recoveryWindowDays: 30 },
    { logRetentionDays: 1 },
    { logRetentionDays: 3653 },
    { instanceClass: "db.r7g.16xlarge" },
    { instanceClass: "db.m6id.24xlarge" },
    { username: "owner" },
    { engineVersion: "17.10" },
    { allocatedStorageGiB: 400, iops: 12_000, storageThroughputMiBps: 500 },
    { allocatedStorageGiB: 400, iops: 64_000, storageThroughputMiBps: 4000 },
    { allocatedStorageGiB: 400, storageThroughputMiBps: 3000 },
    { allocatedStorageGiB: 100, storageType: "io1", iops: 5000 },
    { allocatedStorageGiB: 4000, storageType: "io1", iops: 2000 },
    { allocatedStorageGiB: 65_536, storageType: "io1", iops: 256_000 },
    { allocatedStorageGiB: 100, storageType: "io2", iops: 100_000 },
    { allocatedStorageGiB: 65_536, storageType: "io2", iops: 1000 },
    at({ sourceInstanceIdentifier: "orders-old" }),
    at({ sourceInstanceIdentifier: "orders-old" }, "2028-02-29T23:59:59Z"),
    at({ sourceResourceId: "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ" }),
    at({ sourceBackupsArn: BACKUPS_ARN }),
    at({ sourceInstanceIdentifier: pulumi.output("NOT KNOWN") }),
    { ...at({ sourceInstanceIdentifier: "orders-old" }), identifier: "orders-new" },
    { identifier: "orders" },
    { identifier: "orders", restoreFrom: { snapshotIdentifier: "orders" } },
    at({ sourceResourceId: "db-ABCDEFGHIJ" }),
    { maxAllocatedStorageGiB: 20 },
    { maxAllocatedStorageGiB: 22 },
    { caCertificateIdentifier: "rds-ca-ecc384-g1" },
    { masterPassword: "managed" },
    { masterPassword: "managed", transform: { instance: (planned: object) => planned } as never },
    { masterPassword: "generated", passwordLength: 20, secretName: "orders" },
    { parameters: { "rds.force_ssl": { value: "1", apply: "immediate" } } },
    { subnetIds: [pulumi.output("subnet-a"), "subnet-b"], vpcId: Promise.resolve("vpc-1") },
    { subnetIds: pulumi.output(["not known yet"]), tags: { team: pulumi.secret("x") } },
  ];
  for (const args of ACCEPTED) {
    it(`are none for ${Object.keys(args).join(", ")}`, () => assert.deepEqual(problems(args), []));
  }

  it("are none exactly where storage does not grow or has at least a tenth to grow", () => {
    const gibs = fc.integer({ min: 20, max: 65_536 });
    fc.assert(
      fc.property(gibs, gibs, (allocatedStorageGiB, maxAllocatedStorageGiB) => {
        const right =
          maxAllocatedStorageGiB === allocatedStorageGiB ||
          maxAllocatedStorageGiB * 10 >= allocatedStorageGiB * 11;
        const found = problems({ allocatedStorageGiB, maxAllocatedStorageGiB });
        assert.deepEqual(
          found.map(([path]) => path),
          right ? [] : ["maxAllocatedStorageGiB"],
        );
      }),
    );
  });
});
