import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import type { ResourceModel } from "../../../../preflight/simulation/models/model";
import { DEFAULTS, resourceDiff } from "../../../../local/server/diff";

const model: ResourceModel = {
  autoName: { property: "name", maxLength: 63 },
  replaceOn: ["engine", "metadata.name"],
  replaceOnRemoval: ["encryption"],
};

describe("the difference between two sets of inputs", () => {
  it("is nothing for the same inputs", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (inputs) => {
        const { changes } = resourceDiff(model, inputs, structuredClone(inputs));
        assert.deepEqual(changes, []);
      }),
    );
  });

  it("names each changed path, in the engine's syntax", () => {
    const { changes } = resourceDiff(
      model,
      { tags: { a: "1", "b/c": "2" }, list: [{ x: 1 }, 2], gone: true },
      { tags: { a: "1", "b/c": "3" }, list: [{ x: 2 }, 2, 3], added: true },
    );
    assert.deepEqual(
      changes.map(({ path, kind }) => `${kind} ${path}`),
      ["add added", "delete gone", "update list[0].x", "add list[2]", 'update tags["b/c"]'],
    );
  });

  it("replaces on the properties that the model says, and on what is inside them", () => {
    const replaced = (olds: object, news: object) =>
      resourceDiff(model, { ...olds }, { ...news }).changes.filter(({ replaces }) => replaces);
    assert.equal(replaced({ engine: "a" }, { engine: "b" }).length, 1);
    assert.equal(replaced({ engine: { v: 1 } }, { engine: { v: 2 } }).length, 1);
    assert.equal(replaced({ engineMode: "a" }, { engineMode: "b" }).length, 0);
    assert.equal(
      replaced({ metadata: { labels: { a: "1" } } }, { metadata: { labels: {} } }).length,
      0,
    );
  });

  it("replaces on what comes or goes with the block around it", () => {
    const replaced = (olds: object, news: object) =>
      resourceDiff(model, { ...olds }, { ...news }).changes.map(({ replaces }) => replaces);
    const [named, labelled] = [{ metadata: { name: "a" } }, { metadata: { labels: {} } }];
    assert.deepEqual(replaced({}, named), [true]);
    assert.deepEqual(replaced(named, {}), [true]);
    assert.deepEqual(replaced({}, labelled), [false]);
    assert.deepEqual(replaced({}, { metadata: UNKNOWN }), [false]);
  });

  it("replaces on the removal of what can be added and changed, but not taken away", () => {
    const replaced = (olds: object, news: object) =>
      resourceDiff(model, { ...olds }, { ...news }).changes.map(({ replaces }) => replaces);
    const [one, other] = [{ encryption: { key: "a" } }, { encryption: { key: "b" } }];
    assert.deepEqual(replaced({}, one), [false]);
    assert.deepEqual(replaced(one, other), [false]);
    assert.deepEqual(replaced({ encryption: { key: "a", more: 1 } }, one), [false]);
    assert.deepEqual(replaced(one, {}), [true]);
  });

  it("takes an unknown value for a change", () => {
    const { changes } = resourceDiff(model, { engine: "a" }, { engine: UNKNOWN });
    assert.deepEqual(changes, [{ path: "engine", kind: "update", replaces: true }]);
  });

  it("deletes first where the name is the program's own and stays", () => {
    const first = (news: object) =>
      resourceDiff(model, { name: "a", engine: "x" }, { ...news }).deleteBeforeReplace;
    assert.equal(first({ name: "a", engine: "y" }), true);
    assert.equal(first({ name: "a", engine: "y", [DEFAULTS]: ["name"] }), false);
    assert.equal(first({ name: "b", engine: "y" }), false);
    assert.equal(first({ name: "a", engine: "x" }), false);
  });
});
