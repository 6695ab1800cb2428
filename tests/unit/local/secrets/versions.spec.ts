import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  beginRotation,
  moveStage,
  putValue,
  stagesById,
  unfinishedRotation,
  type Version,
  versionOf,
  type Versions,
  withoutVersion,
} from "../../../../local/secrets/versions";

const put = (versions: Versions, token: string, stages?: readonly string[]): Versions =>
  putValue(versions, { token, value: `value of ${token}`, now: 1, ...(stages && { stages }) });

const stages = (versions: Versions) => stagesById(versions);

describe("the versions of a secret", () => {
  it("hand AWSCURRENT on, and AWSPREVIOUS with it", () => {
    const two = put(put([], "a"), "b");
    assert.deepEqual(stages(two), { a: ["AWSPREVIOUS"], b: ["AWSCURRENT"] });
    assert.deepEqual(stages(put(two, "c")), { b: ["AWSPREVIOUS"], c: ["AWSCURRENT"] });
  });

  it("are current from the first one on, whatever its labels", () => {
    assert.deepEqual(stages(put([], "a", ["AWSPENDING"])), { a: ["AWSPENDING", "AWSCURRENT"] });
    assert.deepEqual(stages(put(put([], "a"), "b", ["AWSPENDING"])), {
      a: ["AWSCURRENT"],
      b: ["AWSPENDING"],
    });
  });

  it("are put once for a token, and never changed", () => {
    const one = put([], "a");
    assert.equal(put(one, "a"), one);
    assert.throws(() => putValue(one, { token: "a", value: "other", now: 2 }), {
      name: "ResourceExistsException",
    });
  });

  it("begin a rotation without a value, which is put later", () => {
    const begun = beginRotation(put([], "a"), "b", 5);
    assert.deepEqual(begun.at(-1), { id: "b", stages: ["AWSPENDING"], created: 5 });
    assert.throws(() => versionOf(begun, { id: "b", stage: "AWSPENDING" }), {
      name: "ResourceNotFoundException",
      message: "Secrets Manager can't find the specified secret value for VersionId: b",
    });
    assert.equal(unfinishedRotation(begun)?.id, "b");
    const filled = put(begun, "b", ["AWSPENDING"]);
    assert.equal(versionOf(filled, { id: "b", stage: "AWSPENDING" }).value, "value of b");
    assert.deepEqual(stages(withoutVersion(begun, "b")), { a: ["AWSCURRENT"] });
  });

  it("end a rotation by moving labels", () => {
    const filled = put(beginRotation(put([], "a"), "b", 5), "b", ["AWSPENDING"]);
    const moved = moveStage(filled, { stage: "AWSCURRENT", to: "b", from: "a" });
    assert.deepEqual(stages(moved), { a: ["AWSPREVIOUS"], b: ["AWSPENDING", "AWSCURRENT"] });
    assert.equal(unfinishedRotation(moved), undefined);
    const ended = moveStage(moved, { stage: "AWSPENDING", from: "b" });
    assert.deepEqual(stages(ended), { a: ["AWSPREVIOUS"], b: ["AWSCURRENT"] });
  });

  it("abandon a rotation when another version becomes current", () => {
    const filled = put(beginRotation(put([], "a"), "b", 5), "b", ["AWSPENDING"]);
    assert.deepEqual(stages(put(filled, "c")), { a: ["AWSPREVIOUS"], c: ["AWSCURRENT"] });
  });

  it("are found by id, by label, by both", () => {
    const two = put(put([], "a"), "b");
    assert.equal(versionOf(two, {}).id, "b");
    assert.equal(versionOf(two, { stage: "AWSPREVIOUS" }).id, "a");
    assert.equal(versionOf(two, { id: "a" }).id, "a");
    assert.throws(() => versionOf(two, { id: "a", stage: "AWSCURRENT" }), {
      name: "InvalidRequestException",
    });
    assert.throws(() => versionOf(two, { stage: "AWSPENDING" }), {
      message:
        "Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
    });
    assert.throws(() => versionOf([], {}), { name: "ResourceNotFoundException" });
  });

  it("keep labels where a call is wrong about them", () => {
    const two = put(put([], "a"), "b");
    const wrong: readonly [Parameters<typeof moveStage>[1], string, RegExp][] = [
      [{ stage: "AWSCURRENT", to: "a" }, "InvalidParameterException", /RemoveFromVersionId can't/],
      [{ stage: "AWSCURRENT", to: "a", from: "a" }, "InvalidParameterException", /isn't attached/],
      [{ stage: "AWSCURRENT", from: "b" }, "InvalidParameterException", /completely removed/],
      [{ stage: "AWSCURRENT", to: "x", from: "b" }, "ResourceNotFoundException", /VersionId: x/],
      [{ stage: "AWSPENDING", from: "x" }, "ResourceNotFoundException", /VersionId: x/],
    ];
    for (const [move, name, message] of wrong) {
      assert.throws(() => moveStage(two, move), { name, message });
    }
    assert.deepEqual(
      moveStage(two, { stage: "own", to: "a" }).map(({ stages: on }) => on),
      [["AWSPREVIOUS", "own"], ["AWSCURRENT"]],
    );
  });

  it("go when they are too many, but never one with a label", () => {
    const all = Array.from({ length: 150 }, (_, index) => `v${index}`).reduce<Versions>(
      (versions, id) => put(versions, id),
      [],
    );
    assert.equal(all.length, 100);
    assert.deepEqual(stages(all), { v148: ["AWSPREVIOUS"], v149: ["AWSCURRENT"] });
  });

  it("have each label once, whatever is called", () => {
    const id = fc.constantFrom("a", "b", "c", "d");
    const label = fc.constantFrom("AWSCURRENT", "AWSPENDING", "AWSPREVIOUS", "own");
    const call = fc.oneof(
      fc.record({ put: id, stages: fc.option(fc.uniqueArray(label, { minLength: 1 })) }),
      fc.record({ begin: fc.constantFrom("e", "f") }),
      fc.record({ stage: label, to: fc.option(id), from: fc.option(id) }),
    );
    fc.assert(
      fc.property(fc.array(call, { maxLength: 12 }), (calls) => {
        let versions: Versions = [];
        for (const one of calls) versions = attempted(versions, one);
        const labels = versions.flatMap(({ stages: on }) => on);
        assert.equal(new Set(labels).size, labels.length);
        const valued = versions.some(({ value }: Version) => value !== undefined);
        if (versions.length > 0 && valued && calls.every((one) => !("begin" in one))) {
          assert.ok(labels.includes("AWSCURRENT"));
        }
      }),
    );
  });
});

type Call =
  | { put: string; stages: string[] | null }
  | { begin: string }
  | { stage: string; to: string | null; from: string | null };

/** The versions after a call; the same where it is refused. */
function attempted(versions: Versions, call: Call): Versions {
  try {
    if ("put" in call) return put(versions, call.put, call.stages ?? undefined);
    if ("begin" in call) {
      const known = versions.some(({ id }) => id === call.begin);
      return known ? versions : beginRotation(versions, call.begin, 1);
    }
    return moveStage(versions, {
      stage: call.stage,
      ...(call.to !== null && { to: call.to }),
      ...(call.from !== null && { from: call.from }),
    });
  } catch (error) {
    assert.match((error as Error).name, /Exception$/);
    return versions;
  }
}
