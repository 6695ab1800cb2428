import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  DEFAULT_POLL_INTERVAL,
  pollIntervalWarning,
} from "../../../../components/csi-secrets-driver/poll-interval";

describe("the poll interval", () => {
  it("is not warned about at its default", () => {
    assert.equal(pollIntervalWarning(DEFAULT_POLL_INTERVAL), undefined);
  });

  it("is warned about as soon as it is longer, with the reason and the way out", () => {
    assert.equal(
      pollIntervalWarning("2m1s"),
      "'rotation.pollInterval' \"2m1s\" is longer than 2m: a pod whose first mount times out can start " +
        "with an empty volume, because the driver takes the retry for a repeated mount until the " +
        "interval has passed. Keep it at 2m or less, or let every container depend on an " +
        "environment variable of its secret.",
    );
  });

  it("is warned about beyond 120 seconds, in whatever unit it is written", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400_000 }),
        fc.constantFrom(["ms", 0.001], ["s", 1], ["m", 60], ["h", 3600]),
        (amount, [unit, seconds]) => {
          const warned = pollIntervalWarning(`${amount}${unit}`) !== undefined;
          assert.equal(warned, amount * Number(seconds) > 120);
        },
      ),
    );
  });
});
