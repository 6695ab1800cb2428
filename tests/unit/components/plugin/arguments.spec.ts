import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { unknownArguments } from "../../../../components/plugin/arguments";

const TYPES = {
  "p:index:Source": { properties: { secretName: { type: "string" }, env: { type: "object" } } },
  "p:index:Mode": { enum: ["a", "b"] },
};
const KNOWN = {
  databaseName: { type: "string" },
  mode: { $ref: "#/types/p:index:Mode" },
  first: { $ref: "#/types/p:index:Source" },
  more: { type: "array", items: { $ref: "#/types/p:index:Source" } },
  byName: { type: "object", additionalProperties: { $ref: "#/types/p:index:Source" } },
  probes: { $ref: "pulumi.json#/Any" },
};

const unknown = (given: pulumi.Inputs) => unknownArguments(KNOWN, TYPES, given);

describe("arguments that the schema does not have", () => {
  it("are refused with the nearest known, wherever they are", () => {
    assert.deepEqual(
      unknown({
        databaseNme: "orders",
        first: { secretName: "a", enw: {} },
        more: [{ secretName: "a" }, { secretNane: "b" }],
        byName: { "a b": { evn: {} } },
      }),
      [
        { path: "databaseNme", reason: "is not known; did you mean 'databaseName'?" },
        { path: "first.enw", reason: "is not known; did you mean 'env'?" },
        { path: "more[1].secretNane", reason: "is not known; did you mean 'secretName'?" },
        { path: 'byName["a b"].evn', reason: "is not known; did you mean 'env'?" },
      ],
    );
  });

  it("are answered with all that is known where nothing is near, also names of Object's own", () => {
    const there = "there are: databaseName, mode, first, more, byName, probes";
    assert.deepEqual(unknown({ toString: 1 }), [
      { path: "toString", reason: `is not known; ${there}` },
    ]);
  });

  it("are not looked for in Outputs, in values of any type, and in what has another type", () => {
    const late = pulumi.output({ anything: true });
    const any = { readiness: { httpGet: { port: "http" } } };
    assert.deepEqual(unknown({ first: late, more: "text", probes: any, mode: "a" }), []);
  });
});
