import * as assert from "node:assert/strict";
import { accepted, app, issues, ownApp } from "./config";
import { databaseKind } from "../../../stack/config/database-kind";

type Sections = Readonly<Record<string, unknown>>;

/** What is wrong with these apps. */
const wrong = (...apps: readonly Sections[]): readonly string[] => issues({ apps });
const KEY = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders/db-a1b2c3";
const SHAPE = {
  host: "string",
  port: "number",
  dbname: "string",
  username: "string",
  password: "string",
};
const TOKEN = { secretName: "orders/token", env: { TOKEN: "token" } };
const guest = (of: string): Sections => ({
  name: "reports",
  database: { of, user: { access: "read" } },
});

describe("what a database of the configuration is", () => {
  for (const [database, kind] of [
    [{ name: "orders" }, "own"],
    [{ name: "orders", secretName: "orders/db" }, "own"],
    [{}, "own"],
    [{ secretName: "orders/db", lifecycle: "disposable" }, "own"],
    [{ of: "orders", user: {} }, "guest"],
    [{ secretName: "orders/db" }, "existing"],
    [{ secretName: 5, shape: SHAPE, kmsKeyArn: KEY, secretArn: ARN }, "existing"],
    [{ kmsKeyArn: KEY }, "own"],
    [false, "none"],
    [true, undefined],
    [undefined, undefined],
    ["orders", undefined],
  ] as const) {
    it(`is told of ${JSON.stringify(database)}`, () => assert.equal(databaseKind(database), kind));
  }
});

describe("an app without a database of the stack", () => {
  it("may have one that exists, by its secret", () => {
    for (const one of [
      app({ database: { secretName: "orders/db" } }),
      app({ database: { secretName: "orders/db", shape: SHAPE } }),
      ownApp({ database: { secretName: ARN, secretArn: ARN, kmsKeyArn: KEY } }),
      ownApp({ database: { secretName: "orders/db", shape: SHAPE }, databaseUrl: "URL" }),
    ]) {
      assert.deepEqual(wrong(one), []);
    }
    const shared = { secretName: "shared/db" };
    assert.deepEqual(
      wrong(app({ database: shared }), app({ name: "other", database: shared })),
      [],
    );
  });

  it("may have none, and other secrets", () => {
    assert.deepEqual(wrong(ownApp({ database: false, moreSecrets: [TOKEN] })), []);
    assert.equal(
      accepted({ apps: [ownApp({ database: false, moreSecrets: [TOKEN] })] }).apps[0]?.database,
      false,
    );
  });

  it("is told of the keys of its secret", () => {
    const { password, ...shape } = SHAPE;
    assert.equal(password, "string");
    assert.deepEqual(wrong(ownApp({ database: { secretName: "orders/db", shape } })), [
      "shop:apps[0].env.DB_PASSWORD must name a key of the secret's JSON, which has host, port, " +
        'dbname, username; got "password"',
    ]);
  });

  it("is told what is wrong under the keys that it has", () => {
    assert.deepEqual(
      wrong(
        ownApp({
          database: {
            secretName: "no name",
            secretArn: "orders/db",
            kmsKeyArn: "alias/mine",
            shape: { host: "text" },
          },
        }),
      ),
      [
        'shop:apps[0].database.shape.host must be "string" or "number" or "boolean"; got "text"',
        "shop:apps[0].database.secretName must be the name of a secret (1 to 512 letters, digits and the " +
          'characters / _ + = . @ -) or its full ARN; got "no name"',
        "shop:apps[0].database.secretArn must be the full ARN of a secret, with the hyphen and six " +
          'characters at its end; got "orders/db"',
        "shop:apps[0].database.kmsKeyArn must be the ARN of a KMS key " +
          '("arn:aws:kms:REGION:ACCOUNT:key/ID"), not of an alias; got "alias/mine"',
        'shop:apps[0].env.DB_PORT must name a key of the secret\'s JSON, which has host; got "port"',
        'shop:apps[0].env.DB_NAME must name a key of the secret\'s JSON, which has host; got "dbname"',
        "shop:apps[0].env.DB_USERNAME must name a key of the secret's JSON, which has host; got " +
          '"username"',
        "shop:apps[0].env.DB_PASSWORD must name a key of the secret's JSON, which has host; got " +
          '"password"',
      ],
    );
    const twice = [TOKEN, { secretName: "other", files: { TOKEN: "x" } }, { secretName: "n o" }];
    assert.deepEqual(wrong(ownApp({ database: false, moreSecrets: twice })), [
      "shop:apps[0].moreSecrets[2].secretName must be the name of a secret (1 to 512 letters, digits " +
        'and the characters / _ + = . @ -) or its full ARN; got "n o"',
      'shop:apps[0].moreSecrets[1].files.TOKEN makes the file "TOKEN", which ' +
        "'moreSecrets[0].env.TOKEN' makes too; choose another name",
    ]);
  });

  it("may have parameters alone, each mistake under the key that it has", () => {
    const parameter = { parameter: "/orders/key", whole: { env: "API_KEY" } };
    assert.deepEqual(wrong(ownApp({ database: false, moreSecrets: [parameter] })), []);
    assert.deepEqual(
      wrong(ownApp({ database: false, moreSecrets: [{}, { parameter: "a/b", secretName: "c" }] })),
      [
        "shop:apps[0].moreSecrets[1].parameter must be the name of a parameter, such as /orders/api-key " +
          "(letters, digits and the characters _ . - and / before each of up to 15 parts), or its ARN; " +
          'got "a/b"',
        "shop:apps[0].moreSecrets[0].secretName is missing: name a secret of Secrets Manager, or with " +
          "'moreSecrets[0].parameter' one of Parameter Store",
        "shop:apps[0].moreSecrets[1].parameter cannot be combined with 'moreSecrets[1].secretName': give " +
          "each a source of its own",
      ],
    );
  });

  it("may have a copy in a second region only where it is from elsewhere", () => {
    const failoverRegion = "eu-west-1";
    const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";
    const existing = { secretName: "orders/db", failoverKmsKeyArn: key };
    assert.deepEqual(wrong(ownApp({ database: existing, failoverRegion })), []);
    assert.deepEqual(wrong(ownApp({ database: existing })), [
      "shop:apps[0].database.failoverKmsKeyArn needs 'failoverRegion', which the key is in",
    ]);
    assert.deepEqual(wrong(ownApp({ database: false, moreSecrets: [TOKEN], failoverRegion })), []);
    assert.deepEqual(wrong(ownApp({ failoverRegion })), [
      "shop:apps[0].failoverRegion cannot be combined with a database of this stack, whose secret is " +
        "in one region: every mount would fail; leave it out, or name a replicated secret " +
        "('database.secretName')",
    ]);
  });

  it("needs a secret and an image, and has no keys of the database's secret", () => {
    assert.deepEqual(wrong(app({ database: false })), [
      "shop:apps[0].moreSecrets must name at least one secret with 'database' false: an app without " +
        "any needs none of this",
      "shop:apps[0].image is missing: with 'database' false there is nothing for the check app to " +
        "connect to",
    ]);
    assert.deepEqual(
      wrong(ownApp({ database: false, moreSecrets: [TOKEN], env: { A: "a" }, databaseUrl: "URL" })),
      ["env", "databaseUrl"].map(
        (key) =>
          `shop:apps[0].${key} is about the database's secret, and there is none with 'database' ` +
          "false; put it under 'moreSecrets[0]'",
      ),
    );
    assert.deepEqual(wrong(app({ database: true })), [
      "shop:apps[0].database must be an object or false; got true",
    ]);
  });

  it("cannot be the one whose database another app uses", () => {
    const rule =
      "shop:apps[1].database.of must be an app whose database this stack makes, so that it can make " +
      'users in it; got "orders"';
    assert.deepEqual(wrong(app({ database: { secretName: "x" } }), guest("orders")), [rule]);
    assert.deepEqual(wrong(ownApp({ database: false, moreSecrets: [TOKEN] }), guest("orders")), [
      rule,
    ]);
  });

  it("has a key of its own region", () => {
    const kmsKeyArn = KEY.replace("eu-central-1", "eu-west-1");
    assert.deepEqual(wrong(app({ database: { secretName: "x", kmsKeyArn } })), [
      "shop:apps[0].database.kmsKeyArn must be in eu-central-1, the region of the database; it is in " +
        `eu-west-1; got ${JSON.stringify(kmsKeyArn)}`,
    ]);
  });
});

describe("further clients of a database in the configuration", () => {
  const clients = (given: unknown) => [app({ database: { name: "orders", clients: given } })];
  const existing = { name: "shared", clientSecurityGroupIds: ["sg-1", "sg-2"] };
  const network = { vpcId: "vpc-1", databaseSubnetIds: ["subnet-a", "subnet-b"] };

  it("are groups with names of their own", () => {
    assert.deepEqual(issues({ apps: clients({ bastion: "sg-9", jobs: "210987654321/sg-8" }) }), []);
    assert.deepEqual(
      issues({ network, cluster: existing, apps: clients({ cluster: "sg-9" }) }),
      [],
    );
  });

  it("are refused where they are none, or are admitted already", () => {
    assert.deepEqual(
      issues({ apps: clients({ bastion: "10.0.0.0/8", Jobs: "sg-1", cluster: "sg-2" }) }),
      [
        'shop:apps[0].database.clients.bastion must be the id of a security group ("sg-…"), because ' +
          "address ranges cannot be admitted; give the client a security group and pass its id; got " +
          '"10.0.0.0/8"',
        "shop:apps[0].database.clients.Jobs must be 1 to 63 lower-case letters, digits and single " +
          'hyphens, a letter first and no hyphen last; got "Jobs"',
        "shop:apps[0].database.clients.cluster must have another name: 'cluster' are the pods, which " +
          "may connect in any case",
      ],
    );
    assert.deepEqual(issues({ network, cluster: existing, apps: clients({ web: "sg-2" }) }), [
      "shop:apps[0].database.clients.web must not be a group of 'cluster.clientSecurityGroupIds' " +
        'too: those may connect in any case; got "sg-2"',
    ]);
    assert.deepEqual(issues({ apps: clients({ a: "sg-1", b: "sg-1" }) }), [
      "shop:apps[0].database.clients.b must not be the group of 'a' too: each group gets one rule",
    ]);
    assert.deepEqual(issues({ apps: clients(["sg-1"]) }), [
      'shop:apps[0].database.clients must be an object; got ["sg-1"]',
    ]);
  });
});

describe("the source of a restored database in the configuration", () => {
  const restored = (restoreFrom: unknown) =>
    wrong(app({ database: { name: "orders", restoreFrom } }));

  it("is a snapshot or a point in time", () => {
    assert.deepEqual(restored({ snapshotIdentifier: "before" }), []);
    assert.deepEqual(
      restored({ pointInTime: { sourceInstanceIdentifier: "orders-old", time: "latest" } }),
      [],
    );
    assert.deepEqual(restored({ pointInTime: { sourceResourceId: "orders", time: "now" } }), [
      'shop:apps[0].database.restoreFrom.pointInTime.time must be "latest", or a moment in UTC, ' +
        'such as "2026-11-26T08:15:00Z"; got "now"',
      "shop:apps[0].database.restoreFrom.pointInTime.sourceResourceId must be the resource id of a DB " +
        'instance ("db-…", capitals and digits); got "orders"',
    ]);
    assert.deepEqual(
      restored({ snapshotIdentifier: "s", pointInTime: { time: "latest" } }).map(
        (issue) => issue.split(" ")[0],
      ),
      ["shop:apps[0].database.restoreFrom.pointInTime"],
    );
  });
});
