import * as assert from "node:assert/strict";
import type { Parameter } from "../../../../local/database/parameters";
import {
  changedConfiguration,
  clientRules,
  passwordStatement,
  serverConfiguration,
  setupStatements,
  pendingParameters,
} from "../../../../local/database/settings";

const parameter = (name: string, value: string, pendingReboot = false): Parameter => ({
  ...{ name, value, pendingReboot },
  secret: false,
});

/** The lines of a configuration that are not the local server's own. */
const linesOf = (configuration: string): readonly string[] => {
  const own = serverConfiguration(5999, []).split("\n");
  return configuration.split("\n").filter((line) => !own.includes(line));
};

describe("the settings of a local database", () => {
  it("include the parameter group", () => {
    const text = serverConfiguration(5999, [
      parameter("work_mem", "8MB"),
      parameter("application_name", "it's"),
      parameter("log_line_prefix", "%m\\t\n"),
    ]);
    assert.match(text, /^port = 5999$/m);
    assert.deepEqual(linesOf(text), [
      "work_mem = '8MB'",
      "application_name = 'it''s'",
      String.raw`log_line_prefix = '%m\\t\n'`,
    ]);
  });

  it("keep pending parameters unchanged while the server runs", () => {
    const before = [
      parameter("work_mem", "8MB"),
      parameter("log_min_duration_statement", "100", true),
      parameter("random_page_cost", "2", true),
      parameter("seq_page_cost", "2"),
    ];
    const after = [
      parameter("work_mem", "9MB"),
      parameter("log_min_duration_statement", "250", true),
      parameter("statement_timeout", "5", true),
    ];
    const waiting = pendingParameters(before, after);
    assert.deepEqual([...waiting].sort(), [
      ...["log_min_duration_statement", "random_page_cost", "statement_timeout"],
    ]);
    const now = serverConfiguration(5999, before);
    assert.deepEqual(linesOf(changedConfiguration(now, 5999, after, waiting)), [
      "work_mem = '9MB'",
      "log_min_duration_statement = '100'",
      "random_page_cost = '2'",
    ]);
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

  it("do not create the database that PostgreSQL always has", () => {
    const [, statement] = setupStatements({ username: "a", password: "b", database: "postgres" });
    assert.equal(statement, `ALTER DATABASE postgres OWNER TO "a"`);
  });
});
