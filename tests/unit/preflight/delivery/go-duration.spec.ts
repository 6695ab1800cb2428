import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { goDurationSeconds } from "../../../../preflight/delivery/go/duration";

const SECONDS = { h: 3600, m: 60, s: 1, ms: 0.001 } as const;
type Unit = keyof typeof SECONDS;

const part = fc.record({
  amount: fc.integer({ min: 0, max: 100_000 }),
  unit: fc.constantFrom<Unit>("h", "m", "s", "ms"),
});

describe("durations as Go reads them", () => {
  for (const [text, seconds] of [
    ["2m", 120],
    ["90s", 90],
    ["1h30m", 5400],
    ["1.5m", 90],
    [".5s", 0.5],
    ["1.s", 1],
    ["+3s", 3],
    ["-3s", -3],
    ["0", 0],
    ["1m1m", 120],
    ["100ms", 0.1],
    ["2562047h", 9_223_369_200],
  ] as const) {
    it(`reads '${text}' as ${seconds} seconds`, () => {
      assert.equal(goDurationSeconds(text), seconds);
    });
  }

  it("reads both letters for micro", () => {
    assert.deepEqual(["1us", "1\u00b5s", "1\u03bcs"].map(goDurationSeconds), [1e-6, 1e-6, 1e-6]);
  });

  for (const text of ["", "2", "2 m", "m", ".s", "2d", "2M", "--2m", "2m ", "2m3", "1e3s", "٢m"]) {
    it(`does not read '${text}'`, () => {
      assert.equal(goDurationSeconds(text), undefined);
    });
  }

  it("does not read more than 64-bit nanoseconds hold", () => {
    assert.equal(goDurationSeconds("2562048h"), undefined);
  });

  it("adds the parts up, whatever their order", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const text = parts.map(({ amount, unit }) => `${amount}${unit}`).join("");
        const expected = parts.reduce((sum, { amount, unit }) => sum + amount * SECONDS[unit], 0);
        assert.ok(Math.abs((goDurationSeconds(text) ?? NaN) - expected) < 1e-3);
      }),
    );
  });

  it("never throws and never answers NaN", () => {
    fc.assert(fc.property(fc.string(), (text) => !Number.isNaN(goDurationSeconds(text) ?? 0)));
  });
});
