import * as assert from "node:assert/strict";
import { faster, laterBy } from "../../../../local/rotation/clock";

/** How long ago a time is, as a clock tells it; to the second. */
const age = (told: number): number => Math.round((Date.now() - told) / 1000);

describe("the clock of a local cloud", () => {
  const tenSecondsAgo = () => Date.now() - 10_000;

  it("may be ahead of everything that happened", () => {
    assert.equal(age(laterBy(600_000).told(tenSecondsAgo())), 610);
  });

  it("may run faster: ages grow, and their ratio stays", () => {
    assert.equal(age(faster(210).told(tenSecondsAgo())), 2100);
    assert.equal(age(faster(210).told(Date.now())), 0);
  });

  it("stamps what is new with the machine's time", () => {
    for (const clock of [laterBy(600_000), faster(210)]) assert.equal(age(clock.now()), 0);
  });
});
