import * as assert from "node:assert/strict";
import { elapsed, withProgress } from "../../../../local/engine/progress";

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

describe("the progress of long work", () => {
  it("is a line at the start and one with the last detail and the duration at the end", async () => {
    const { stderr } = process;
    const { isTTY } = stderr;
    const written: string[] = [];
    stderr.isTTY = false;
    stderr.write = (text: string | Uint8Array) => written.push(String(text)) > 0;
    try {
      const result = await withProgress("building", (report) => {
        for (const packages of [1, 2]) report(`${packages} packages`);
        return Promise.resolve("built");
      });
      assert.equal(result, "built");
    } finally {
      stderr.isTTY = isTTY;
      // The method of the prototype is back.
      Reflect.deleteProperty(stderr, "write");
    }
    assert.deepEqual(written, ["building …\n", "building … 2 packages, 0 s\n"]);
  });
});
