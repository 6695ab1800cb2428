import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { arnLike, like, resourceLike, same } from "../../../../../preflight/doctor/iam/patterns";
import { HOLE } from "../../../../../preflight/simulation/wire/unknown";
import { allOf, anyOf, not } from "../../../../../preflight/doctor/iam/ternary";

const SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-AbCdEf";

describe("patterns of IAM", () => {
  it("match as a regular expression of the same meaning does", () => {
    const characters = fc.constantFrom("a", "b", "*", "?", ".", ":");
    const text = fc.string({ unit: characters, maxLength: 8 });
    const meaning: Readonly<Record<string, string>> = { "*": ".*", "?": ".", ".": "\\." };
    fc.assert(
      fc.property(text, text, (pattern, given) => {
        const expression = [...pattern]
          .map((character) => meaning[character] ?? character)
          .join("");
        assert.equal(like(pattern, given), new RegExp(`^${expression}$`).test(given));
      }),
      { numRuns: 2000 },
    );
  });

  const cases: readonly [pattern: string, text: string, boolean][] = [
    ["", "", true],
    ["a", "", false],
    ["", "a", false],
    ["ab", "a", false],
    ["a", "ab", false],
    ["a**", "a", true],
    ["**b*", "aabaa", true],
    ["a*b", "ab", true],
    ["a*b", "abb", true],
    ["?", "", false],
  ];
  for (const [pattern, text, expected] of cases) {
    it(`"${pattern}" ${expected ? "matches" : "does not match"} "${text}"`, () =>
      assert.equal(like(pattern, text), expected));
  }

  it("cannot be told where they hold a policy variable", () => {
    assert.equal(like("${aws:username}", "a"), "unknown");
    assert.equal(same("${aws:username}", "a"), "unknown");
    assert.equal(arnLike("arn:*:${aws:username}", SECRET), "unknown");
    assert.equal(resourceLike("arn:aws:*:${aws:username}", SECRET), "unknown");
  });

  it("do not match where no value of the variable would do", () => {
    assert.equal(like("b${aws:username}", "a"), false);
    assert.equal(same("b${aws:username}", "a"), false);
    assert.equal(arnLike("arn:aws:iam::1:user/${aws:username}", SECRET), false);
    assert.equal(resourceLike("arn:aws:iam::1:user/${aws:username}", SECRET), false);
  });

  it("match a text with an unknown part where a wildcard covers it", () => {
    const key = (id: string) => `arn:aws:kms:eu-central-1:123456789012:key/${id}`;
    const cases: readonly (readonly [string, boolean | "unknown"])[] = [
      ["*", true],
      [key("*"), true],
      [key("1234"), "unknown"],
      [key("mrk-*"), "unknown"],
      [key("?"), "unknown"],
      [key("1234").replace("key/", "alias/"), false],
      [key("1234").replace("eu-central-1", "us-east-1"), false],
    ];
    for (const [pattern, expected] of cases) {
      assert.equal(resourceLike(pattern, key(HOLE)), expected, pattern);
    }
  });
});

describe("patterns of ARNs", () => {
  const cases: readonly [what: string, pattern: string, arn: string, boolean | "unknown"][] = [
    [
      "colons in the resource of both",
      "arn:aws:logs:r:1:group:a:b",
      "arn:aws:logs:r:1:group:a:b",
      true,
    ],
    [
      "another part behind a colon",
      "arn:aws:logs:r:1:group:a:b",
      "arn:aws:logs:r:1:group:a:c",
      false,
    ],
    ["one part more", "arn:aws:logs:r:1:group:a", "arn:aws:logs:r:1:group:a:b", false],
    ["colons against none", "arn:aws:logs:r:1:group:ab", "arn:aws:logs:r:1:group:a:b", false],
    [
      "a star over the parts of the resource",
      "arn:aws:logs:r:1:group:*",
      "arn:aws:logs:r:1:group:a:b",
      true,
    ],
    ["no star over two segments", "arn:aws:*:1:secret", "arn:aws:logs:r:1:secret", "unknown"],
    ["a text that is no ARN", "arn:aws:logs:r:1:group", "arn:aws:logs", "unknown"],
    ["a short ARN against a whole one", "arn:aws:s3", "arn:aws:logs:r:1:group", "unknown"],
  ];
  for (const [what, pattern, arn, expected] of cases) {
    it(`take ${what} as ${String(expected)}`, () => assert.equal(arnLike(pattern, arn), expected));
  }
});

describe("patterns of resources", () => {
  const cases: readonly [what: string, pattern: string, boolean | "unknown"][] = [
    ["everything", "*", true],
    ["the last star over segments", "arn:aws:secretsmanager:*", true],
    ["stars within segments", "arn:*:secretsmanager:eu-*:*:secret:orders-*", true],
    ["a star over two segments", "arn:aws:secretsmanager:eu*:secret:orders*", "unknown"],
    ["a star over two segments and a last one", "arn:aws:secretsmanager:*orders*", "unknown"],
    ["an early end behind a star", "arn:a*AbCdEf", "unknown"],
    ["fewer segments than an ARN has", "arn:aws:secretsmanager", "unknown"],
    ["fewer segments, of another service", "arn:aws:s3", false],
    ["another region", "arn:aws:secretsmanager:us*:*:secret:orders*", false],
  ];
  for (const [what, pattern, expected] of cases) {
    it(`take ${what} as ${String(expected)}`, () =>
      assert.equal(resourceLike(pattern, SECRET), expected));
  }
});

describe("three answers", () => {
  const ANSWERS = [true, false, "unknown"] as const;

  it("are negated", () => {
    assert.deepEqual(ANSWERS.map(not), [false, true, "unknown"]);
  });

  it("are joined: one false settles all, one true settles any, and else doubt stays", () => {
    const table = ANSWERS.flatMap((a) => ANSWERS.map((b) => [a, b, allOf([a, b]), anyOf([a, b])]));
    assert.deepEqual(table, [
      [true, true, true, true],
      [true, false, false, true],
      [true, "unknown", "unknown", true],
      [false, true, false, true],
      [false, false, false, false],
      [false, "unknown", false, "unknown"],
      ["unknown", true, "unknown", true],
      ["unknown", false, false, "unknown"],
      ["unknown", "unknown", "unknown", "unknown"],
    ]);
    assert.deepEqual([allOf([]), anyOf([])], [true, false]);
  });
});
