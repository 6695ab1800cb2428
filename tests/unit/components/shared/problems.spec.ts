import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  argumentOf,
  because,
  componentTitle,
  memberPath,
  problem,
  refuse,
  shown,
} from "../../../../components/shared/problems";
import { declaredArgs, transformed } from "../../../../components/shared/transformed";

const COMPONENT = 'Thing "x"';

describe("a problem", () => {
  it("shows the value after the rule, unless it is told another way to show it", () => {
    const rule = () => "must be shorter";
    assert.deepEqual(problem("a", "b", rule), [{ path: "a", reason: 'must be shorter; got "b"' }]);
    assert.deepEqual(
      problem("a", "b", rule, () => "***"),
      [{ path: "a", reason: "must be shorter; got ***" }],
    );
    assert.deepEqual(
      problem("a", "b", () => undefined),
      [],
    );
  });

  it("of several arguments shows none", () => {
    assert.deepEqual(because("a", "goes with 'b'"), [{ path: "a", reason: "goes with 'b'" }]);
    assert.deepEqual(because("a", undefined), []);
  });

  it("is in the argument that its path begins with", () =>
    assert.deepEqual(
      ["a", "clients.a", "clients[0].b", 'tags["a.b"]', "", "a-b_c.d"].map((path) =>
        argumentOf({ path, reason: "is wrong" }),
      ),
      ["a", "clients", "clients", "tags", "", "a-b_c"],
    ));

  it("has the path that Pulumi would write", () => {
    assert.deepEqual(
      [memberPath("", "a"), memberPath("a", "b-c"), memberPath("a", "b.c"), memberPath("a", '1"')],
      ["a", "a.b-c", 'a["b.c"]', 'a["1\\""]'],
    );
  });
});

describe("refusing arguments", () => {
  it("throws nothing where there is no problem", () => {
    assert.doesNotThrow(() => refuse(COMPONENT, []));
  });

  it("throws the SDK's error with every problem under its property", () => {
    const thrown = (problems: readonly (readonly [string, string])[]) => {
      try {
        refuse(
          COMPONENT,
          problems.map(([path, reason]) => ({ path, reason })),
        );
      } catch (error) {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        return [error.message, error.errors];
      }
      return undefined;
    };
    assert.deepEqual(thrown([["a", "is wrong"]]), [
      "Thing \"x\": 'a' is wrong",
      [{ propertyPath: "a", reason: "is wrong" }],
    ]);
    assert.deepEqual(
      thrown([
        ["a", "is wrong"],
        ["b.c", "is worse"],
      ]),
      [
        "Thing \"x\": 2 arguments are wrong\n  'a' is wrong\n  'b.c' is worse",
        [
          { propertyPath: "a", reason: "is wrong" },
          { propertyPath: "b.c", reason: "is worse" },
        ],
      ],
    );
  });

  it("calls a component by its type and its name, of whatever type", () => {
    assert.deepEqual(
      [componentTitle("Thing", "x"), componentTitle("Thing", undefined)],
      ['Thing "x"', "Thing nothing"],
    );
  });
});

describe("a value in a message", () => {
  class Thing extends pulumi.ComponentResource {}
  const resource = Object.create(Thing.prototype, { __pulumiResource: { value: true } }) as object;
  const circular: unknown[] = [];
  circular.push(circular);
  for (const [value, expected] of [
    ["a", '"a"'],
    ['"', '"\\""'],
    ["x".repeat(80), `"${"x".repeat(80)}"`],
    ["x".repeat(81), `"${"x".repeat(80)}"… (81 characters)`],
    [5, "5"],
    [NaN, "NaN"],
    [true, "true"],
    [null, "null"],
    [undefined, "nothing"],
    [5n, "5"],
    [Symbol("s"), "Symbol(s)"],
    [() => 1, "a function"],
    [{ password: "s3cr3t" }, "an object"],
    [circular, "a list"],
    [pulumi.output("s3cr3t"), "an Output"],
    [Promise.resolve("s3cr3t"), "a promise"],
    [resource, "a resource; pass one of its outputs, for example its 'id' or 'arn'"],
  ] as const) {
    it(`is ${expected.slice(0, 40)}`, () => assert.equal(shown(value), expected));
  }
});

describe("a transform", () => {
  const planned = { a: 1 };
  const run = (transform: unknown) =>
    transformed(COMPONENT, "transform.a", transform as (args: object) => object, planned);

  it("has the last word, and none where there is none", () => {
    assert.equal(run(undefined), planned);
    assert.deepEqual(
      run((args: object) => ({ ...args, b: 2 })),
      { a: 1, b: 2 },
    );
  });

  it("of a component's child is among its arguments", () => {
    const declared = (args: object): unknown =>
      declaredArgs({ component: COMPONENT, args }, "role" as never, planned);
    assert.equal(declared({}), planned);
    assert.equal(declared({ transform: {} }), planned);
    assert.deepEqual(declared({ transform: { role: (given: object) => ({ ...given, b: 2 }) } }), {
      a: 1,
      b: 2,
    });
    assert.throws(() => declared({ transform: { role: () => undefined } }), {
      message: /^Thing "x": 'transform.role' must return the arguments to declare/,
    });
  });

  for (const [what, result, wayOut] of [
    ["nothing", undefined, "return a changed copy, (args) => ({ ...args, … })"],
    ["null", null, "return a changed copy, (args) => ({ ...args, … })"],
    ["a list", [], "return a changed copy, (args) => ({ ...args, … })"],
    ["an Output", pulumi.output({}), "return a changed copy, (args) => ({ ...args, … })"],
    [
      "a promise",
      Promise.resolve({}),
      "await what it needs before, because resources are declared synchronously",
    ],
  ] as const) {
    it(`is told that it returned ${what}`, () =>
      assert.throws(() => run(() => result), {
        message:
          `${COMPONENT}: 'transform.a' must return the arguments to declare, as a plain object; ` +
          `it returned ${what}; ${wayOut}`,
      }));
  }
});
