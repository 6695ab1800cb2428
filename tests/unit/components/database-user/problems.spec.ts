import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { databaseUserProblems, SecureDatabase } from "../../../../components";
import { evaluate } from "../../../../preflight/simulation/mocks/run";
import { DATABASE, LEAST } from "../../../support/database-user";
import { LEAST as LEAST_DATABASE } from "../../../support/secure-database";

/** What is wrong with a user, one line for each mistake. */
const problems = (args: object, name: unknown = "orders-api"): readonly string[] =>
  databaseUserProblems(name, { ...LEAST, ...args }).map(({ path, reason }) => `${path} ${reason}`);

describe("the problems of a database user's arguments", () => {
  it("are none where they are right", () => {
    for (const args of [
      {},
      { rotation: false },
      { rotation: {} },
      { rotation: { every: "rate(4 hours)", window: "3h" }, minimumAge: "1h" },
      { access: "read", readsFrom: "orders_owner" },
      { ownerRole: "shop" },
      { subnetIds: ["subnet-a"] },
      { userName: "shop", ownerRole: "shop_objects", schema: "sales" },
      { database: { ...DATABASE, masterSecretArn: DATABASE.masterSecretArn } },
      {
        database: {
          ...DATABASE,
          masterSecretArn:
            "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-0a1b2c3d-AbCdEf",
        },
      },
    ]) {
      assert.deepEqual(problems(args), []);
    }
  });

  it("are told all at once", () => {
    assert.deepEqual(
      databaseUserProblems("Orders", {
        database: { ...DATABASE, host: "a b", port: 0, masterSecretArn: "orders" },
        access: "write",
        rotation: { every: "2w", window: "90m" },
        minimumAge: "soon",
        logRetentionDays: 2,
        secretName: "orders-AbCdEf",
        alarmTopicArn: "alarms",
      }).map(({ path }) => path),
      [
        "name",
        "database.host",
        "database.port",
        "database.masterSecretArn",
        "access",
        "rotation.every",
        "rotation.window",
        "minimumAge",
        "alarmTopicArn",
        "logRetentionDays",
        "secretName",
      ],
    );
    assert.deepEqual(
      databaseUserProblems("orders", undefined).map(({ path }) => path),
      ["args"],
    );
  });

  it("tell of facts of the database that are none", () => {
    const { resourceId, ...database } = { ...DATABASE, resourceId: 5 };
    assert.deepEqual(
      problems({
        database: {
          ...database,
          resourceId,
          host: "",
          instanceIdentifier: "a b",
          databaseName: "",
        },
        subnetIds: [],
      }),
      [
        'database.host must be the DNS name of the database, without spaces; got ""',
        'database.databaseName must be the name of a database on the instance; got ""',
        'database.instanceIdentifier must be the identifier of an RDS instance; got "a b"',
        "database.resourceId must be a string; got 5",
        "subnetIds must hold at least one subnet; two survive the loss of a zone",
      ],
    );
    assert.deepEqual(problems({ database: "orders" }), [
      'database must be an object; got "orders"',
    ]);
  });

  it("are none of a SecureDatabase, and tell of another resource", async () => {
    const found: (readonly string[])[] = [];
    await evaluate(() => {
      const database = new SecureDatabase("orders", LEAST_DATABASE);
      const other = new pulumi.ComponentResource("test:index:Thing", "thing");
      found.push(problems({ database }), problems({ database: other }));
    });
    assert.deepEqual(found, [
      [],
      ["database must be a SecureDatabase or the facts of a database; got another resource"],
    ]);
  });

  it("tell of one argument alone where another cannot be judged before it is mended", () => {
    const role =
      "must be 1 to 63 lower-case letters, digits and underscores, a letter first (capitals would " +
      "have to be quoted in every SQL statement)";
    for (const [args, expected] of [
      [{ access: "write" }, 'access must be "owner" or "read"; got "write"'],
      [{ access: "owner", readsFrom: "A b" }, `readsFrom ${role}; got "A b"`],
      [{ userName: "A b" }, `userName ${role}; got "A b"`],
      [
        { rotation: { every: "rate(4 hours)", window: "90m" }, minimumAge: "4h" },
        'rotation.window must be a whole number of hours from "1h" to "24h"; got "90m"',
      ],
      [
        { minimumAge: "9999999.5s" },
        'minimumAge must be a number of whole seconds; got "9999999.5s"',
      ],
    ] as const) {
      assert.deepEqual(problems(args), [expected]);
    }
    assert.deepEqual(problems({}, 5), ["name must be a string; got 5"]);
  });

  it("tell of a name that cannot be the user's", () => {
    assert.deepEqual(problems({}, "order"), [
      'userName must not be a word that PostgreSQL or RDS reserves, nor begin with "pg_"; use a ' +
        "name of the application's own, such as \"app_owner\"; the component's name gives " +
        '"order", so give another',
    ]);
    assert.deepEqual(problems({ userName: "orders_app" }, "order"), []);
  });

  it("tell of roles that would be one", () => {
    assert.deepEqual(problems({ ownerRole: "orders_api" }), [
      'ownerRole must not be one of the two users, which are members of it; got "orders_api"',
    ]);
    assert.deepEqual(problems({ access: "read", readsFrom: "shop", ownerRole: "shop" }), [
      "ownerRole must not be the role in 'readsFrom': its members would own the objects, not only " +
        "read them",
    ]);
  });

  it("tell of a reader without an owner, and of an owner that reads", () => {
    assert.deepEqual(problems({ access: "read" }), [
      "readsFrom is needed with 'access' \"read\": the owner role whose objects are read, for " +
        "instance 'ownerRole' of the DatabaseUser that owns them",
    ]);
    assert.deepEqual(problems({ readsFrom: "orders_owner" }), [
      "readsFrom is for a user that only reads: set 'access' to \"read\", or leave it out",
    ]);
  });

  it("tell of times that do not go together", () => {
    assert.deepEqual(problems({ rotation: { every: "cron(0 23 * * ? *)", window: "2h" } }), [
      "rotation.window must be at most \"1h\" with this 'rotation.every', so that it ends on the " +
        'same UTC day and before the next window; got "2h"',
    ]);
    assert.deepEqual(
      problems({ rotation: { every: "rate(4 hours)", window: "3h" }, minimumAge: "61m" }),
      [
        "minimumAge must be at most the 1 hours that can lie between two rotations (every " +
          'rate(4 hours), within 3h), or the next one is refused; got "61m"; rotate less often, or in ' +
          "a shorter window",
      ],
    );
    assert.deepEqual(problems({ rotation: { every: "rate(4 hours)", window: "4h" } }).length, 1);
    assert.deepEqual(problems({ minimumAge: "1500ms" }), [
      'minimumAge must be a number of whole seconds; got "1500ms"',
    ]);
  });

  it("tell of what is of no use without rotation", () => {
    assert.deepEqual(
      problems({
        rotation: false,
        minimumAge: "5m",
        alarmTopicArn: "arn:aws:sns:eu-central-1:123456789012:alarms",
      }),
      [
        "minimumAge is of no use with 'rotation' false: leave it out",
        "alarmTopicArn is of no use with 'rotation' false: leave it out",
      ],
    );
  });

  it("tell of tags that AWS would refuse", () => {
    assert.deepEqual(problems({ tags: { "aws:team": "a" } }), [
      "tags[\"aws:team\"] must not start with 'aws:', which AWS keeps for tags of its own; got " +
        '"aws:team"',
    ]);
  });
});
