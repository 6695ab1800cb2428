import * as assert from "node:assert/strict";
import {
  type DatabaseFacts,
  handOverStatements,
  passwordStatement,
  roleNames,
  setupStatements,
} from "../../../../functions/rotation/sql";
import { READER, SETTINGS } from "./support";

const EMPTY: DatabaseFacts = {
  administrator: "dba",
  roles: [],
  hasSchema: true,
  owned: 0,
  ownedSchemas: [],
  otherDatabases: [],
};

const texts = (...args: Parameters<typeof setupStatements>) =>
  setupStatements(...args).map(({ does, text }) => `${does}: ${text}`);

describe("SQL of the rotation function", () => {
  it("makes an owner and two users that act as it", () => {
    assert.deepEqual(texts(SETTINGS, EMPTY), [
      'create the role orders_owner: create role "orders_owner" nologin',
      'create the role orders_app: create role "orders_app" login',
      'create the role orders_app_clone: create role "orders_app_clone" login',
      'make orders_app and orders_app_clone members of orders_owner: grant "orders_owner" to "orders_app", "orders_app_clone", current_user',
      `set the role of orders_app at login: alter role "orders_app" in database "orders" set role = 'orders_owner'`,
      `set the role of orders_app_clone at login: alter role "orders_app_clone" in database "orders" set role = 'orders_owner'`,
      'take the database from everyone: revoke all on database "orders" from public',
      'give orders_owner the database: grant connect, temporary, create on database "orders" to "orders_owner"',
      'take the schema public from everyone: revoke all on schema "public" from public',
      'give orders_owner the schema public: grant usage, create on schema "public" to "orders_owner"',
      'let orders_app and orders_app_clone connect: grant connect on database "orders" to "orders_app", "orders_app_clone"',
    ]);
  });

  it("makes only what is missing", () => {
    const roles = ["orders_owner", "orders_app"];
    const settings = { ...SETTINGS, schema: "shop" };
    const made = texts(settings, { ...EMPTY, roles, hasSchema: false });
    assert.deepEqual(
      made.filter((text) => text.startsWith("create")),
      [
        'create the role orders_app_clone: create role "orders_app_clone" login',
        'create the schema shop: create schema "shop" authorization "orders_owner"',
      ],
    );
  });

  it("lets a reader read, now and later", () => {
    assert.deepEqual(roleNames(READER), [
      ...["reports_readers", "reports", "reports_clone", "orders_owner"],
    ]);
    assert.deepEqual(roleNames(SETTINGS), ["orders_owner", "orders_app", "orders_app_clone"]);
    assert.deepEqual(texts(READER, { ...EMPTY, roles: ["reports_readers", "reports"] }), [
      'create the role reports_clone: create role "reports_clone" login',
      'create the role orders_owner: create role "orders_owner" nologin',
      'make reports and reports_clone members of reports_readers: grant "reports_readers" to "reports", "reports_clone", current_user',
      `set the role of reports at login: alter role "reports" in database "orders" set role = 'reports_readers'`,
      `set the role of reports_clone at login: alter role "reports_clone" in database "orders" set role = 'reports_readers'`,
      'become a member of orders_owner: grant "orders_owner" to current_user',
      'let reports_readers connect: grant connect on database "orders" to "reports_readers"',
      'let reports_readers use the schema public: grant usage on schema "public" to "reports_readers"',
      'let reports_readers read the tables of public: grant select on all tables in schema "public" to "reports_readers"',
      'let reports_readers read the later tables of orders_owner: alter default privileges for role "orders_owner" in schema "public" grant select on tables to "reports_readers"',
      'let reports_readers read the sequences of public: grant select on all sequences in schema "public" to "reports_readers"',
      'let reports_readers read the later sequences of orders_owner: alter default privileges for role "orders_owner" in schema "public" grant select on sequences to "reports_readers"',
      'let reports and reports_clone connect: grant connect on database "orders" to "reports", "reports_clone"',
    ]);
  });

  it("hands over what the administrator owns here, and nothing elsewhere", () => {
    const facts = { ...EMPTY, owned: 2, ownedSchemas: ["shop"], otherDatabases: ["postgres"] };
    assert.deepEqual(handOverStatements(SETTINGS, facts), [
      {
        does: "hand the schema shop over to orders_owner",
        text: 'alter schema "shop" owner to "orders_owner"',
      },
      {
        does: "hand the objects of dba over to orders_owner",
        text: 'reassign owned by "dba" to "orders_owner"',
      },
      { does: "keep the database postgres", text: 'alter database "postgres" owner to "dba"' },
    ]);
    assert.deepEqual(handOverStatements(SETTINGS, { ...facts, owned: 0 }), []);
    assert.deepEqual(handOverStatements(READER, facts), []);
  });

  it("sets a verifier, and quotes names and strings", () => {
    assert.deepEqual(passwordStatement('o"x', "it's"), {
      does: 'set the password of o"x',
      text: `alter role "o""x" with login password 'it''s' valid until 'infinity'`,
    });
    const settings = { ...SETTINGS, ownerRole: "o'w\"n" };
    const [first, ...rest] = texts(settings, EMPTY);
    assert.equal(first, 'create the role o\'w"n: create role "o\'w""n" nologin');
    assert.ok(rest.some((text) => text.endsWith(`set role = 'o''w"n'`)));
  });
});
