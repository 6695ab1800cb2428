import * as assert from "node:assert/strict";
import {
  clientRules,
  parametersOf,
  passwordStatement,
  serverConfiguration,
  setupStatements,
} from "../../../../local/database/settings";

describe("the settings of a local database", () => {
  it("take over the parameter group, but not what only RDS knows", () => {
    const text = serverConfiguration(5999, [
      { name: "rds.force_ssl", value: "1" },
      { name: "max_connections", value: "LEAST({DBInstanceClassMemory/9531392},5000)" },
      { name: "work_mem", value: "8MB" },
      { name: "application_name", value: "it's" },
    ]);
    assert.match(text, /^port = 5999$/m);
    assert.match(text, /^work_mem = '8MB'$/m);
    assert.match(text, /^application_name = 'it''s'$/m);
    assert.doesNotMatch(text, /rds\.|max_connections/);
  });

  it("refuse plain text where TLS is forced, and only there", () => {
    const rule = (value: string) => clientRules([{ name: "rds.force_ssl", value }]);
    assert.match(rule("1"), /^hostssl all all 127\.0\.0\.1\/32 scram-sha-256$/m);
    assert.match(rule("0"), /^host all all/m);
    assert.match(clientRules([]), /^host all all/m);
  });

  it("escape names and passwords", () => {
    const login = { username: 'a"b', password: "c'd", database: "orders" };
    assert.deepEqual(setupStatements(login), [
      `CREATE ROLE "a""b" LOGIN CREATEDB CREATEROLE PASSWORD 'c''d'`,
      `CREATE DATABASE "orders" OWNER "a""b"`,
    ]);
    assert.equal(passwordStatement("a", "'"), `ALTER ROLE "a" PASSWORD ''''`);
  });

  it("leave the database alone that PostgreSQL always has", () => {
    const [, statement] = setupStatements({ username: "a", password: "b", database: "postgres" });
    assert.equal(statement, `ALTER DATABASE postgres OWNER TO "a"`);
  });

  it("are none without a parameter group", () => {
    assert.deepEqual(parametersOf(undefined), []);
  });
});
