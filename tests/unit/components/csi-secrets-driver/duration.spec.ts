import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  durationProblem,
  positiveSeconds,
} from "../../../../components/csi-secrets-driver/duration";
import { pollIntervalWarning } from "../../../../components/csi-secrets-driver/poll-interval";
import { goDurationSeconds } from "../../../../preflight/delivery/go/duration";

const REASON = 'must be a positive duration with a unit, such as "90s", "2m" or "1h30m"';

describe("a positive duration", () => {
  for (const [text, seconds] of [
    ["2m", 120],
    ["90s", 90],
    ["1h30m", 5400],
    ["1.5m", 90],
    ["1m1m", 120],
    ["100ms", 0.1],
    ["1us", 1e-6],
    ["1\u00b5s", 1e-6],
    ["1ns", 1e-9],
    ["2562047h", 9_223_369_200],
  ] as const) {
    it(`is "${text}"`, () => {
      assert.equal(positiveSeconds(text), seconds);
      assert.equal(durationProblem(text), undefined);
    });
  }

  /** A nanosecond more than Go's longest. */
  const LONGER = "9223372036.854775808s";
  const wrong = [
    "",
    "0",
    "0s",
    "-1m",
    "2",
    "soon",
    "2 m",
    "2d",
    "2M",
    "2m3",
    "1e3s",
    "2562048h",
    LONGER,
  ];
  for (const text of wrong) {
    it(`is not "${text}"`, () => {
      assert.equal(positiveSeconds(text), undefined);
      assert.equal(durationProblem(text), REASON);
    });
  }

  /** Mostly durations, some of them wrong in one place. */
  const texts = fc.oneof(
    fc.string(),
    fc
      .array(
        fc.tuple(
          fc.stringMatching(/^[0-9]{0,7}(\.[0-9]{0,3})?$/),
          fc.constantFrom("h", "m", "s", "ms", "us", "\u00b5s", "ns", "d", ""),
        ),
        { minLength: 1, maxLength: 4 },
      )
      .map((parts) => parts.flat().join("")),
  );

  it("is one that Go reads as the same number of seconds", () => {
    let accepted = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const seconds = positiveSeconds(text);
        if (seconds === undefined) return;
        accepted++;
        assert.equal(goDurationSeconds(text), seconds);
      }),
      { numRuns: 2000 },
    );
    assert.ok(accepted > 100, `only ${accepted} texts were durations`);
  });

  it("is warned about as a poll interval exactly where Go reads more than two minutes", () => {
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(durationProblem(text) === undefined);
        const isLong = (goDurationSeconds(text) ?? 0) > 120;
        assert.equal(pollIntervalWarning(text) !== undefined, isLong);
      }),
    );
  });
});
