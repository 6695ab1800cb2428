import * as assert from "node:assert/strict";
import { tagProblems } from "../../../../components/shared/tags";

const WORDS = "letters, digits, spaces and the characters _ . : / = + - @";

describe("tags", () => {
  it("that AWS takes have no problem", () =>
    assert.deepEqual(
      tagProblems({
        "cost center": "4711",
        team: "",
        Straße: "a_b.c:d/e=f+g-h@i",
        late: Promise.resolve("x"),
      }),
      [],
    ));

  it("are refused where AWS would refuse them, each under its key", () => {
    const long = "x".repeat(129);
    assert.deepEqual(
      tagProblems({
        "aws:team": "a",
        "AWS:x": "b",
        "": "c",
        [long]: "d",
        "a#b": "e",
        value: "a\nb",
        size: "y".repeat(257),
      }).map(({ path, reason }) => [path, reason.replace(/; got [^]*/, "")]),
      [
        ['tags["aws:team"]', "must not start with 'aws:', which AWS keeps for tags of its own"],
        ['tags["AWS:x"]', "must not start with 'aws:', which AWS keeps for tags of its own"],
        ['tags[""]', `must have a key of 1 to 128 ${WORDS}`],
        [`tags.${long}`, `must have a key of 1 to 128 ${WORDS}`],
        ['tags["a#b"]', `must have a key of 1 to 128 ${WORDS}`],
        ["tags.value", `must be at most 256 ${WORDS}`],
        ["tags.size", `must be at most 256 ${WORDS}`],
      ],
    );
  });

  it("may be as long as AWS allows, and are none where they are no object", () => {
    assert.deepEqual(
      tagProblems({ ["x".repeat(128)]: "y".repeat(256), "my-aws:x": "", a: "b" }),
      [],
    );
    assert.deepEqual(tagProblems(undefined), []);
  });

  it("are fifty at most", () => {
    const tags = (length: number) =>
      Object.fromEntries(Array.from({ length }, (_, n) => [`t${n}`, "x"]));
    assert.deepEqual(tagProblems(tags(50)), []);
    assert.deepEqual(tagProblems(tags(51)), [
      { path: "tags", reason: "must be 50 tags at most: a resource has no more" },
    ]);
  });
});
