import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import {
  boolean,
  type Check,
  func,
  isRecord,
  list,
  number,
  object,
  oneOf,
  optional,
  orLate,
  record,
  string,
} from "../../../../components/shared/checks";

const short = (text: string): string | undefined => (text.length > 3 ? "must be short" : undefined);
const at = (path: string, reason: string) => [{ path, reason }];
const PLAIN =
  "not an Output: it decides what is declared, before any Output is known; pass a constant or a " +
  "value of the configuration";

describe("checks of arguments", () => {
  const CHECKED: readonly [what: string, check: Check, value: unknown, reason?: string][] = [
    ["a string that keeps its rule", string(short), "abc"],
    ["a string that does not", string(short), "abcd", 'must be short; got "abcd"'],
    ["a number for a string", string(short), 5, "must be a string; got 5"],
    ["an Output for a string", string(), pulumi.output("x"), `must be a plain string, ${PLAIN}`],
    [
      "a promise for a number",
      number(),
      Promise.resolve(1),
      `must be a plain number, ${PLAIN.replace("an Output", "a promise")}`,
    ],
    ["a number that keeps its rule", number((given) => (given > 5 ? "must be 5" : undefined)), 5],
    ["a string for a number", number(), "5", 'must be a number; got "5"'],
    ["a boolean", boolean, false],
    ["null for a boolean", boolean, null, "must be a boolean; got null"],
    ["a function", func, () => 1],
    ["an object for a function", func, {}, "must be a function; got an object"],
    ["one of three", oneOf("a", "b", 3), 3],
    ["none of three", oneOf("a", "b", 3), "3", 'must be "a", "b" or 3; got "3"'],
    ["one of one", oneOf("a"), undefined, 'must be "a"; got nothing'],
    [
      "an Output for one of two",
      oneOf("a", "b"),
      pulumi.output("a"),
      `must be a plain value, ${PLAIN}`,
    ],
    ["nothing for an optional string", optional(string()), undefined],
    ["null for an optional string", optional(string()), null, "must be a string; got null"],
    ["an Output for what may be late", orLate(string()), pulumi.output(1)],
    ["a number for what may be late", orLate(string()), 1, "must be a string; got 1"],
    ["an Output for an object", object({}), pulumi.output({}), `must be a plain object, ${PLAIN}`],
    ["a list for an object", object({}), [], "must be an object; got a list"],
    ["a string for a record", record(string()), "x", 'must be an object; got "x"'],
    ["an object for a list", list(string()), {}, "must be a list; got an object"],
    ["an Output for a list", list(string()), pulumi.output([]), `must be a plain list, ${PLAIN}`],
  ];
  for (const [what, check, value, reason] of CHECKED) {
    it(`judge ${what}`, () =>
      assert.deepEqual(check("x", value), reason === undefined ? [] : at("x", reason)));
  }

  it("show no value that they are told not to show", () => {
    const check = record(list(string(short)), { name: short });
    const hidden = () => "a secret value";
    assert.deepEqual(check("x", { longname: ["s3cr3t"] }, hidden), [
      { path: "x.longname", reason: 'must be short; got "longname"' },
      { path: "x.longname[0]", reason: "must be short; got a secret value" },
    ]);
  });

  it("find every problem of members, names and items", () => {
    const check = object({
      a: string(short),
      b: optional(number()),
      c: record(string(short), { names: (names) => (names.length > 1 ? "too many" : undefined) }),
      d: list(string(short), (items) => (items.length > 1 ? "too long" : undefined)),
    });
    const value = { a: "long", b: "x", c: { "1": "long", d: 5 }, d: ["long", 7], more: "is fine" };
    assert.deepEqual(check("", value), [
      { path: "a", reason: 'must be short; got "long"' },
      { path: "b", reason: 'must be a number; got "x"' },
      { path: "c", reason: "too many" },
      { path: 'c["1"]', reason: 'must be short; got "long"' },
      { path: "c.d", reason: "must be a string; got 5" },
      { path: "d", reason: "too long" },
      { path: "d[0]", reason: 'must be short; got "long"' },
      { path: "d[1]", reason: "must be a string; got 7" },
    ]);
  });

  it("never throw, whatever the value", () => {
    const everything = object({
      a: string(short),
      b: optional(list(string())),
      c: record(oneOf("x", 1)),
      d: orLate(number()),
      e: func,
    });
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (value, a) => {
        everything("x", value);
        everything("x", { a, b: a, c: a, d: a, e: a });
      }),
    );
  });

  it("take for a record what holds named values", () => {
    assert.deepEqual(
      [{}, { a: 1 }, [], null, undefined, "x", pulumi.output({}), Promise.resolve()].map(isRecord),
      [true, true, false, false, false, false, false, false],
    );
  });
});
