import * as assert from "node:assert/strict";
import { elapsed } from "../../../../local/engine/progress";

describe("a duration", () => {
  it("is written as a person reads it", () => {
    assert.deepEqual([0, 59_400, 60_000, 312_000].map(elapsed), [
      "0 s",
      "59 s",
      "1 min 0 s",
      "5 min 12 s",
    ]);
  });
});
