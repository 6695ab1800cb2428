import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { checkConfig } from "../../../stack/config/check";
import { ConfigError } from "../../../stack/config/config-error";
import { app, ownApp, raw, SMALLEST } from "./config";

const EXISTING = { vpcId: "vpc-1", databaseSubnetIds: ["subnet-1", "subnet-2"] };

/** For each section something that passes, something that does not, and nothing. */
const sections = fc.record({
  network: fc.constantFrom(
    SMALLEST.network,
    { create: { natGateways: "none" } },
    EXISTING,
    { create: { cidr: "x" } },
    undefined,
  ),
  cluster: fc.constantFrom(
    SMALLEST.cluster,
    { name: "shared" },
    { create: { serviceCidr: "10.20.0.0/16" } },
    { create: { serviceCidr: 1 } },
    undefined,
  ),
  driver: fc.constantFrom({}, { mode: "addon" }, { mode: "existing" }, { mode: 1 }, undefined),
  apps: fc.oneof(
    fc.array(fc.constantFrom(app(), ownApp(), app({ name: "B" }), app({ database: 1 }), {}, 1)),
    fc.constantFrom(undefined, {}, "x"),
  ),
  caBundle: fc.constantFrom("x", undefined),
  caBundleFile: fc.constantFrom("x", undefined),
  tags: fc.constantFrom({ a: 1 }, [], undefined),
});

const outcome = (given: Parameters<typeof checkConfig>[0]): ConfigError | undefined => {
  try {
    checkConfig(given);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error;
  }
};

describe("any configuration", () => {
  it("passes or is refused with a list of mistakes, whichever parts are broken", () => {
    fc.assert(
      fc.property(sections, (given) => {
        const error = outcome(raw(given));
        assert.ok(error === undefined || error.issues.length > 0);
      }),
    );
  });

  it("is refused once for each mistake", () => {
    fc.assert(
      fc.property(sections, (given) => {
        const issues = outcome(raw(given))?.issues ?? [];
        const lines = issues.map(({ key, problem }) => `${key} ${problem}`);
        assert.deepEqual(lines, [...new Set(lines)]);
      }),
    );
  });

  it("may hold any JSON", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("network", "cluster", "driver", "apps", "tags", "else"),
        fc.jsonValue(),
        (key, value) => void outcome(raw({ ...SMALLEST, [key]: value })),
      ),
      { numRuns: 300 },
    );
  });
});
