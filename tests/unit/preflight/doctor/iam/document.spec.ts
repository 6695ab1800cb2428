import * as assert from "node:assert/strict";
import { UNKNOWN } from "../../../../../preflight/simulation/wire/unknown";
import { managedPolicy, statementsOf } from "../../../../../preflight/doctor/iam";

const UNREADABLE = {
  label: "p",
  effect: "unknown",
  actions: { patterns: ["*"], negated: false },
  conditions: [],
  understood: false,
};

const read = (statement: unknown) => statementsOf("p", { Statement: [statement] })[0];

describe("reading a policy document", () => {
  it("takes every element", () => {
    assert.deepEqual(
      read({
        Sid: "Read",
        Effect: "Allow",
        Principal: { AWS: ["1", "2"], Service: "s" },
        NotAction: "a:b",
        Resource: ["x", "y"],
        Condition: { Bool: { "a:b": true, "a:c": [1, "z"] } },
      }),
      {
        label: "p, Read",
        effect: "Allow",
        actions: { patterns: ["a:b"], negated: true },
        resources: { patterns: ["x", "y"], negated: false },
        principals: { AWS: ["1", "2"], Service: ["s"] },
        conditions: [
          { operator: "Bool", key: "a:b", values: ["true"] },
          { operator: "Bool", key: "a:c", values: ["1", "z"] },
        ],
        understood: true,
      },
    );
  });

  it("leaves out what a statement does not have, and numbers those without a name", () => {
    const expected = {
      label: "p, statement 1",
      effect: "Deny",
      actions: { patterns: ["*"], negated: false },
      conditions: [],
      understood: true,
    };
    const one = { patterns: ["x"], negated: false };
    for (const given of [{}, { Sid: "" }]) {
      assert.deepEqual(read({ ...given, Effect: "Deny", Action: "*", Resource: "x" }), {
        ...expected,
        resources: one,
      });
    }
    assert.deepEqual(read({ Effect: "Deny", Action: "*", Principal: "*" }), {
      ...expected,
      principals: "everyone",
    });
  });

  it("makes one statement of doubt of a document without statements", () => {
    for (const source of ["{", "null", undefined, 3, {}, { Statement: "x" }, { Statement: null }]) {
      assert.deepEqual(statementsOf("p", source), [UNREADABLE]);
    }
  });

  const doubtful: readonly [what: string, statement: object][] = [
    ["no action", { Effect: "Allow", Resource: "*" }],
    ["neither a resource nor a principal", { Effect: "Allow", Action: "*" }],
    [
      "a resource that holds an unknown value",
      { Effect: "Allow", Action: "*", Resource: `${String(undefined)}/*` },
    ],
    [
      "a resource that is known only after the update",
      { Effect: "Allow", Action: "*", Resource: ["arn:aws:s3:::b", UNKNOWN] },
    ],
    [
      "a condition on a key that holds an unknown value",
      {
        ...{ Effect: "Allow", Action: "*", Principal: "*" },
        Condition: { StringEquals: { [`${String(undefined)}:sub`]: "x" } },
      },
    ],
    [
      "a condition that asks nothing",
      { Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: {} } },
    ],
    ["a resource that is no text", { Effect: "Allow", Action: "*", Resource: [{}] }],
    [
      "one resource of several that is no text",
      { Effect: "Allow", Action: "*", Resource: ["a", {}] },
    ],
    ["a resource twice", { Effect: "Allow", Action: "*", Resource: "a", NotResource: "b" }],
    ["a principal of no kind", { Effect: "Allow", Action: "*", Principal: {} }],
    ["a principal that is no text", { Effect: "Allow", Action: "*", Principal: { AWS: {} } }],
    [
      "a kind of principal that is not known",
      { Effect: "Allow", Action: "*", Principal: { X: "x" } },
    ],
    ["a condition that is a text", { Effect: "Allow", Action: "*", Resource: "*", Condition: "x" }],
    ["a condition that is null", { Effect: "Allow", Action: "*", Resource: "*", Condition: null }],
    ["a condition that is a list", { Effect: "Allow", Action: "*", Resource: "*", Condition: [] }],
    [
      "a condition whose value is no text",
      { Effect: "Allow", Action: "*", Resource: "*", Condition: { Bool: { a: {} } } },
    ],
  ];
  for (const [what, statement] of doubtful) {
    it(`does not understand ${what}`, () => assert.equal(read(statement)?.understood, false));
  }
});

describe("policies of AWS", () => {
  it("are told by their whole name", () => {
    for (const arn of [
      "arn:aws:iam::aws:policy/PowerUserAccess/x",
      "x-arn:aws:iam::aws:policy/PowerUserAccess",
      "PowerUserAccess",
    ]) {
      assert.deepEqual(managedPolicy(arn), [{ ...UNREADABLE, label: `policy ${arn}` }]);
    }
    assert.deepEqual(
      managedPolicy("arn:aws-cn:iam::aws:policy/PowerUserAccess").map(({ label }) => label),
      ["policy PowerUserAccess, statement 1"],
    );
  });
});
