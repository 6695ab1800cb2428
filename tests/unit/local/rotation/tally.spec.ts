import * as assert from "node:assert/strict";
import { type DrillResult, drillTable, hasPassed, Tally } from "../../../../local/rotation/tally";

const PASSED: DrillResult = {
  ...{ asked: 2, done: 2, killed: 0, lags: [1.04, 1], scale: 210, lockedOut: false },
  clients: [
    { client: "pg, secret.json", connections: 120, failures: 0 },
    { client: "psql, pg_service.conf", connections: 30, failures: 0 },
  ],
};

describe("the result of a drill", () => {
  it("counts attempts, and keeps the first error", async () => {
    const tally = new Tally("pg");
    await tally.count(() => Promise.resolve());
    await tally.count(() => Promise.reject(new Error("first\n")));
    await tally.count(() => Promise.reject(new Error("second")));
    const counted = { client: "pg", connections: 3, failures: 2, firstError: "first" };
    assert.deepEqual(tally.result, counted);
  });

  it("is a table", () => {
    assert.equal(
      drillTable(PASSED),
      [
        "client                 connections  failures",
        "pg, secret.json                120         0",
        "psql, pg_service.conf           30         0",
        "",
        "rotations    2 of 2",
        "file lag     1.0 to 1.0 s; one second stands for 210 s",
        "locked out   no",
        "",
      ].join("\n"),
    );
    const failed = drillTable({
      ...{ ...PASSED, done: 1, killed: 1, lockedOut: true },
      clients: [{ client: "pg", connections: 1, failures: 1, firstError: "refused" }],
    });
    assert.match(failed, /^rotations {4}1 of 2, 1 killed and taken up again$/m);
    assert.match(failed, /^locked out {3}yes: the last files let nobody log in$/m);
    assert.match(failed, /^first error {2}pg: refused$/m);
  });

  it("passes only where nobody was refused and every rotation ended", () => {
    const refused = [{ client: "pg", connections: 9, failures: 1 }];
    assert.deepEqual(
      [
        PASSED,
        { ...PASSED, done: 1 },
        { ...PASSED, lockedOut: true },
        { ...PASSED, clients: refused },
      ].map(hasPassed),
      [true, false, false, false],
    );
  });
});
