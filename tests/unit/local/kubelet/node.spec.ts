import * as assert from "node:assert/strict";
import type { Facts } from "../../../../preflight/doctor/facts";
import { type NodeSetup, type Refresh, refreshOf } from "../../../../local/kubelet/node";

const INSTALLED = { hasDriver: true } as NodeSetup;

/** The refresh times of a cluster with one installation of the driver. */
const refreshWith = (driverValues: object, valuesKnown = true): Refresh =>
  refreshOf(
    { installs: [{ installsDriver: true, valuesKnown, driverValues }] } as unknown as Facts,
    INSTALLED,
  );

describe("when the driver refreshes files", () => {
  it("is a poll interval and a round of the kubelet after a rotation", () => {
    const intervals = ["30s", "2m", "1m30s", "1.5h"];
    assert.deepEqual(
      intervals.map((rotationPollInterval) => refreshWith({ rotationPollInterval }).longestMs),
      [120_000, 210_000, 180_000, 5_490_000],
    );
  });

  it("is the driver's default where nothing else is known", () => {
    const standard = { enabled: true, longestMs: 210_000 };
    assert.deepEqual(refreshWith({}), standard);
    assert.deepEqual(refreshWith({ rotationPollInterval: "often" }), standard);
    assert.deepEqual(refreshWith({ enableSecretRotation: false }, false), standard);
    assert.deepEqual(refreshOf({ installs: [] } as unknown as Facts, INSTALLED), standard);
  });

  it("is never where the driver does not rotate, or there is none", () => {
    assert.equal(refreshWith({ enableSecretRotation: false }).enabled, false);
    const none = { hasDriver: false } as NodeSetup;
    assert.equal(refreshOf({ installs: [] } as unknown as Facts, none).enabled, false);
  });
});
