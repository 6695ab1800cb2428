import * as assert from "node:assert/strict";
import { causeIn } from "../../../../local/database/log";

const line = (text: string) => `2026-01-02 03:04:05.678 UTC [90] ${text}`;

describe("the cause in a server's log of a failed start", () => {
  it("names the parameter that its configuration file got wrong", () => {
    const log = [
      'LOG:  invalid value for parameter "shared_buffers": "zzz"',
      'FATAL:  configuration file "/a/postgresql.conf" contains errors',
    ];
    assert.equal(
      causeIn(log.map(line).join("\n")),
      'invalid value for parameter "shared_buffers": "zzz"',
    );
  });

  it("is known by the error, not by what comes before or after it", () => {
    const log = [
      "LOG:  starting PostgreSQL",
      'FATAL:  could not access file "pgaudit": No such file or directory',
      "LOG:  database system is shut down",
    ];
    assert.equal(
      causeIn(`${log.map(line).join("\n")}\n`),
      'could not access file "pgaudit": No such file or directory',
    );
  });

  it("may be a line without a level", () => {
    const log = 'postgres: "reserved_connections" (9) must be less than "max_connections" (5)\n';
    assert.equal(causeIn(log), log.trim());
  });

  it("may be nothing", () => assert.equal(causeIn("\n"), "its log is empty"));
});
