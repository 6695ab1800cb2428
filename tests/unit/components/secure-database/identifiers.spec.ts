import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  componentNameProblem,
  databaseNameProblem,
  finalSnapshotIdentifier,
  identifierProblem,
  instanceIdentifier,
  logGroupName,
  newSecretNameProblem,
  usernameProblem,
} from "../../../../components/secure-database/identifiers";

const rule = (longest: number): string =>
  `must be 1 to ${longest} lower-case letters, digits and single hyphens, a letter first and no ` +
  "hyphen last";
const SQL_RULE =
  "must be 1 to 63 lower-case letters, digits and underscores, a letter first " +
  "(capitals would have to be quoted in every SQL statement)";

type TextRule = (text: string) => string | undefined;

function accepts(problem: TextRule, texts: readonly string[]): void {
  for (const text of texts) {
    it(`accepts "${text}"`, () => assert.equal(problem(text), undefined));
  }
}

function refuses(problem: TextRule, texts: readonly string[], reason: string): void {
  for (const text of texts) {
    it(`refuses "${text}"`, () => assert.equal(problem(text), reason));
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
const accepted = (problem: TextRule, text: string): boolean => problem(text) === undefined;

describe("the component's name", () => {
  const SHAPES = ["", "Orders", "1orders", "-orders", "orders-", "or--ders", "or_ders", "or.ders"];
  accepts(componentNameProblem, ["o", "orders", "orders-2", "a".repeat(54)]);
  refuses(
    componentNameProblem,
    [...SHAPES, "a".repeat(55)],
    `${rule(54)}, because the names of the RDS instance and its snapshot begin with it`,
  );

  it("is accepted exactly where the instance's identifier then satisfies RDS", () => {
    fc.assert(
      fc.property(names, (name) => {
        const possible = satisfiesRds(name) && satisfiesRds(instanceIdentifier(name, "0123abcd"));
        assert.equal(accepted(componentNameProblem, name), possible);
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
  accepts(identifierProblem, ["orders-main", "a".repeat(63)]);
  refuses(identifierProblem, ["", "Orders", "orders-", "or--ders", "a".repeat(64)], rule(63));

  it("is accepted exactly where RDS accepts it", () => {
    fc.assert(
      fc.property(names, (identifier) => {
        assert.equal(accepted(identifierProblem, identifier), satisfiesRds(identifier));
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
  accepts(databaseNameProblem, ["orders", "o", "orders_2", "admins", "a".repeat(63), "pg_archive"]);
  refuses(
    databaseNameProblem,
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
    SQL_RULE,
  );
  refuses(
    databaseNameProblem,
    ["postgres", "template0", "template1", "admin", "rdsadmin", "db", "database", "user", "order"],
    "must not be a word that PostgreSQL or RDS reserves; use a name of the application's own, " +
      'such as "orders_app"',
  );
});

describe("the user's name", () => {
  accepts(usernameProblem, ["app_owner", "postgres", "orders", "a".repeat(63)]);
  refuses(usernameProblem, ["", "App", "app-owner", "1app", "a".repeat(64)], SQL_RULE);
  refuses(
    usernameProblem,
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
    'must not be a word that PostgreSQL or RDS reserves, nor begin with "pg_"; use a name of ' +
      'the application\'s own, such as "app_owner"',
  );
});

describe("the secret's name", () => {
  accepts(newSecretNameProblem, [
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
    newSecretNameProblem,
    ["", "or ders", "orders!", "orders:1", "s".repeat(513)],
    "must be the name of a secret: 1 to 512 letters, digits and the characters / _ + = . @ -",
  );
  refuses(
    newSecretNameProblem,
    ["orders-secret", "orders-AbC123", "-123456"],
    "must not end with a hyphen and six letters or digits, which Secrets Manager takes for the " +
      "end of an ARN; lengthen or shorten the last part, or leave 'secretName' out for a name " +
      "with a suffix of its own",
  );
});

describe("a client's name", () => {
  accepts(identifierProblem, ["cluster", "jobs-2"]);
  refuses(identifierProblem, ["", "Cluster", "my.cluster", "a".repeat(64)], rule(63));
});
