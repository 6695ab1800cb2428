import * as assert from "node:assert/strict";
import {
  type Change,
  contents,
  deliver,
  errorOf,
  FAILOVER,
  outcome,
  REGION,
  secret,
  sm,
} from "./deliver";

describe("two regions", () => {
  const both = (
    primary: string | undefined,
    failover: string | undefined,
    id = "id-2",
  ): Change => ({
    parameters: { failoverRegion: FAILOVER },
    primary: primary === undefined ? {} : { secrets: { s: secret(primary) } },
    failover: failover === undefined ? {} : { secrets: { s: secret(failover, id) } },
  });
  const fails = (region: string, code = "AccessDeniedException", status = 400) => ({
    action: "GetSecretValue" as const,
    status,
    code,
    message: "no",
    region,
  });

  it("delivers the primary value and the failover region's version", () => {
    assert.deepEqual(outcome(deliver(both("west", "east"))), {
      files: { s: "west" },
      versions: { s: "id-2" },
    });
  });

  it("tries to read a replica of the same version from the mount, and only warns", () => {
    const delivery = deliver(both("west", "east", "id-1"));
    assert.deepEqual(contents(delivery), { s: "west" });
    assert.deepEqual(delivery.log, [
      "W: failed to read secret s: open <TARGET>/s: no such file or directory",
    ]);
  });

  it("falls back where the primary region denies or fails", () => {
    for (const fault of [fails(REGION), fails(REGION, "InternalServiceError", 500)]) {
      const delivery = deliver({ ...both("west", "east"), faults: [fault] });
      assert.deepEqual(contents(delivery), { s: "east" });
      assert.equal(delivery.log.length, 1);
    }
  });

  it("does not fall back where the secret is missing, in either region", () => {
    assert.match(errorOf(deliver(both(undefined, "east"))) ?? "", /^us-west-2: .*ResourceNotFound/);
    assert.match(errorOf(deliver(both("west", undefined))) ?? "", /^us-east-1: .*ResourceNotFound/);
  });

  it("asks for the failover object's name, version and label", () => {
    const failoverObject = { objectName: "other", objectVersionLabel: "blue" };
    const delivery = deliver({
      ...both(undefined, undefined),
      entries: [sm("s", { objectAlias: "f", failoverObject })],
      primary: { secrets: { s: secret("west") } },
      failover: {
        secrets: { other: { versions: [{ id: "b", stages: ["blue"], value: "east" }] } },
      },
      faults: [fails(REGION)],
    });
    assert.deepEqual(outcome(delivery), { files: { f: "east" }, versions: { f: "b" } });
  });

  it("masks a path that no region's secret has", () => {
    const entries = [sm("s", { jmesPath: [{ path: "k", objectAlias: "k" }] })];
    const delivery = deliver({ ...both("{}", "{}"), entries });
    assert.equal(
      errorOf(delivery),
      "Failed to fetch secret from all regions. Verify secret exists and required permissions are granted for: s",
    );
    assert.equal(delivery.log.length, 3);
  });

  it("refuses one region twice", () => {
    const delivery = deliver({ parameters: { failoverRegion: REGION } });
    assert.equal(
      errorOf(delivery),
      "us-west-2: failover region cannot be the same as the primary region",
    );
  });
});
