import * as assert from "node:assert/strict";
import { mapParts } from "../../../../../preflight/simulation/wire/map-parts";
import { unwrapSecrets, wrapSecret } from "../../../../../preflight/simulation/wire/envelopes";
import { without } from "../../../../../preflight/simulation/mocks/without";

const halved = (part: unknown): unknown => (typeof part === "number" ? part / 2 : part);

describe("parts of plain data", () => {
  it("are changed in a copy", () => {
    const list = [2, "a"];
    const object = { b: 2, a: "x" };
    assert.deepEqual(mapParts(list, halved), [1, "a"]);
    assert.deepEqual(Object.entries(mapParts(object, halved) as object), [
      ["b", 1],
      ["a", "x"],
    ]);
    assert.deepEqual([list, object], [[2, "a"], { b: 2, a: "x" }]);
  });

  it("are not copied where nothing changes, or where it is no plain data", () => {
    const date = new Date(0);
    for (const value of [[0, "a"], { a: 0 }, [], {}, date]) {
      assert.equal(mapParts(value, halved), value);
    }
  });

  it("are copied only on the way to an envelope", () => {
    const value = { open: { a: [1] }, secret: [wrapSecret("x")] };
    const unwrapped = unwrapSecrets(value) as typeof value;
    assert.deepEqual(unwrapped, { open: { a: [1] }, secret: ["x"] });
    assert.equal(unwrapped.open, value.open);
    assert.equal(unwrapSecrets(value.open), value.open);
  });

  it("go, or become null in a list, where they are absent", () => {
    const value = { a: undefined, b: [undefined, { c: undefined, d: 1 }], e: { f: 1 } };
    const kept = without(value, undefined) as typeof value;
    assert.deepEqual(kept, { b: [null, { d: 1 }], e: { f: 1 } });
    assert.equal(kept.e, value.e);
    assert.deepEqual(without({ a: "gone", b: undefined }, "gone"), { b: undefined });
    assert.equal(without("gone", "gone"), undefined);
  });
});
