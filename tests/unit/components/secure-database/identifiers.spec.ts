import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  checkClientName,
  checkComponentName,
  checkDatabaseName,
  checkIdentifier,
  checkSecretName,
  checkUsername,
  finalSnapshotIdentifier,
  instanceIdentifier,
  logGroupName,
} from "../../../../components/secure-database/identifiers";

const COMPONENT = "SecureDatabase 'orders'";
const RULE = "lower-case letters, digits and single hyphens, a letter first and no hyphen last";
const SQL_RULE =
  "must be 1 to 63 lower-case letters, digits and underscores, a letter first " +
  "(capitals would have to be quoted in every SQL statement)";

type Check = (component: string, text: string) => void;

function accepts(check: Check, texts: readonly string[]): void {
  for (const text of texts) {
    it(`accepts "${text}"`, () => assert.doesNotThrow(() => check(COMPONENT, text)));
  }
}

function refuses(check: Check, texts: readonly string[], problem: (text: string) => string): void {
  for (const text of texts) {
    it(`refuses "${text}"`, () =>
      assert.throws(() => check(COMPONENT, text), {
        name: "ArgError",
        message: `${COMPONENT}: ${problem(text)}`,
      }));
  }
}

/** The rules of RDS for instances and snapshots, one by one. */
const satisfiesRds = (identifier: string): boolean =>
  /^[a-z]/.test(identifier) &&
  /^[a-z0-9-]+$/.test(identifier) &&
  !identifier.includes("--") &&
  !identifier.endsWith("-") &&
  identifier.length <= 63;

const names = fc.oneof(
  fc.string({ maxLength: 70 }),
  fc.stringMatching(/^[a-z0-9-]{0,70}$/),
  fc.stringMatching(/^[a-z][a-z0-9-]{40,70}$/),
);
const accepted = (check: Check, text: string): boolean => {
  try {
    check(COMPONENT, text);
    return true;
  } catch (error) {
    assert.equal((error as Error).name, "ArgError");
    return false;
  }
};

describe("the component's name", () => {
  const SHAPES = ["", "Orders", "1orders", "-orders", "orders-", "or--ders", "or_ders", "or.ders"];
  accepts(checkComponentName, ["o", "orders", "orders-2", "a".repeat(54)]);
  refuses(
    checkComponentName,
    [...SHAPES, "a".repeat(55)],
    (name) =>
      `'name' must be at most 54 characters: ${RULE}, because the names of the RDS instance and ` +
      `its snapshot begin with it; got "${name}" (${name.length} characters)`,
  );

  it("is accepted exactly where the instance's identifier then satisfies RDS", () => {
    fc.assert(
      fc.property(names, (name) => {
        const possible = satisfiesRds(name) && satisfiesRds(instanceIdentifier(name, "0123abcd"));
        assert.equal(accepted(checkComponentName, name), possible);
      }),
      { numRuns: 500 },
    );
  });

  it("also gives the final snapshot a name that satisfies RDS, which allows 255 characters", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9]{0,53}$/), (name) => {
        const snapshot = finalSnapshotIdentifier(name, "0123abcd");
        assert.equal(snapshot, `${name}-final-0123abcd`);
        assert.match(snapshot, /^[a-z]([a-z0-9]|-(?=[a-z0-9])){0,254}$/);
      }),
    );
  });
});

describe("the instance's identifier", () => {
  accepts(checkIdentifier, ["orders-main", "a".repeat(63)]);
  refuses(
    checkIdentifier,
    ["", "Orders", "orders-", "or--ders", "a".repeat(64)],
    (identifier) =>
      `'identifier' must be at most 63 characters: ${RULE}; ` +
      `got "${identifier}" (${identifier.length} characters)`,
  );

  it("is accepted exactly where RDS accepts it", () => {
    fc.assert(
      fc.property(names, (identifier) => {
        assert.equal(accepted(checkIdentifier, identifier), satisfiesRds(identifier));
      }),
      { numRuns: 500 },
    );
  });

  it("stands in the names of the log groups", () => {
    assert.equal(
      logGroupName("orders-0123abcd", "upgrade"),
      "/aws/rds/instance/orders-0123abcd/upgrade",
    );
  });
});

describe("the database's name", () => {
  accepts(checkDatabaseName, ["orders", "o", "orders_2", "admins", "a".repeat(63), "pg_archive"]);
  refuses(
    checkDatabaseName,
    [
      "",
      "Orders",
      "or-ders",
      "2orders",
      "_orders",
      "or ders",
      "orders;",
      "ördners",
      "a".repeat(64),
    ],
    (name) => `'databaseName' ${SQL_RULE}; got "${name}"`,
  );
  refuses(
    checkDatabaseName,
    ["postgres", "template0", "template1", "admin", "rdsadmin", "db", "database", "user", "order"],
    (name) =>
      `'databaseName' must not be a word that PostgreSQL or RDS keeps for itself; ` +
      `got "${name}"; use a name of the application's own, such as "${name}_app"`,
  );

  it("has a way out that is itself accepted", () => {
    assert.doesNotThrow(() => checkDatabaseName(COMPONENT, "order_app"));
  });
});

describe("the user's name", () => {
  accepts(checkUsername, ["app_owner", "postgres", "orders", "a".repeat(63)]);
  refuses(
    checkUsername,
    ["", "App", "app-owner", "1app", "a".repeat(64)],
    (name) => `'username' ${SQL_RULE}; got "${name}"`,
  );
  refuses(
    checkUsername,
    [
      "admin",
      "rdsadmin",
      "rds_superuser",
      "rds_replication",
      "rds_iam",
      "pg_owner",
      "user",
      "table",
      "with",
      "all",
    ],
    (name) =>
      `'username' must not be a word that PostgreSQL or RDS keeps for itself, nor begin with ` +
      `"pg_"; got "${name}"; use a name of the application's own, such as "app_owner"`,
  );
});

describe("the secret's name", () => {
  accepts(checkSecretName, [
    "orders",
    "shop/orders_db+1=a.b@c",
    "orders-secret-value",
    "orders-secre",
    "orders-secrets",
    "orderssecret",
    "orders-sec.et",
    "s".repeat(512),
  ]);
  refuses(
    checkSecretName,
    ["", "or ders", "orders!", "orders:1", "s".repeat(513)],
    (name) =>
      `'secretName' must be 1 to 512 letters, digits and the characters / _ + = . @ -; got "${name}"`,
  );
  refuses(
    checkSecretName,
    ["orders-secret", "orders-AbC123", "-123456"],
    (name) =>
      "'secretName' must not end with a hyphen and six letters or digits, which Secrets Manager " +
      `takes for the end of an ARN; got "${name}"; lengthen or shorten the last part, or leave ` +
      "'secretName' out for a name with a suffix of its own",
  );
});

describe("a client's name", () => {
  accepts(checkClientName, ["cluster", "jobs-2"]);
  refuses(
    checkClientName,
    ["", "Cluster", "my.cluster", "a".repeat(64)],
    (client) =>
      `'clients.${client}' must be named with at most 63 characters: ${RULE}; got "${client}"`,
  );
});
