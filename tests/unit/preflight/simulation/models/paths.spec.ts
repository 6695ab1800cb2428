import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  type InputValue,
  inputValuesAt,
  pathTree,
  valuesAt,
  visitValues,
} from "../../../../../preflight/simulation/models/paths";
import { wrapSecret } from "../../../../../preflight/simulation/wire/envelopes";

const POD = {
  labels: { "a.b": "1", c: "2" },
  containers: [{ name: "web", env: [{ name: "A" }, null, { name: "B", value: "1" }] }, {}],
  secrets: wrapSecret({ token: "t", list: ["x"] }),
  host: { parts: ["h", wrapSecret("p")] },
};

const STEPS = ["labels", "containers", "name", "env", "value", "secrets", "token", "host", "parts"];
const path = fc
  .array(fc.constantFrom(...STEPS, "[]", "{}", "{key}"), { maxLength: 5 })
  .map((steps) => steps.join(".").replaceAll(/\.(?=\[\]|\{)/g, ""));

describe("the values at paths", () => {
  const open = (place: string, value: unknown): InputValue => ({
    ...{ path: place, value },
    secret: false,
  });
  const secret = (place: string, value: unknown): InputValue => ({
    ...open(place, value),
    secret: true,
  });
  const cases: Readonly<Record<string, readonly InputValue[]>> = {
    "containers[].env[].name": [
      open("containers[0].env[0].name", "A"),
      open("containers[0].env[2].name", "B"),
    ],
    "labels{}": [open('labels["a.b"]', "1"), open('labels["c"]', "2")],
    "labels{key}": [open('labels["a.b"]', "a.b"), open('labels["c"]', "c")],
    "secrets{}": [secret("secrets[…]", "t"), secret("secrets[…]", ["x"])],
    "secrets.list[]": [secret("secrets.list[0]", "x")],
    "host.parts": [secret("host.parts", ["h", "p"])],
    "host.parts[]": [open("host.parts[0]", "h"), secret("host.parts[1]", "p")],
    "containers.name": [],
    "labels.c.d": [],
  };
  for (const [at, values] of Object.entries(cases)) {
    it(`are found with their places, and told to be secret: ${at}`, () => {
      assert.deepEqual(inputValuesAt(POD, at), values);
    });
  }

  it("may hold envelopes still", () => {
    assert.deepEqual(valuesAt(POD, "host"), [open("host", POD.host)]);
    assert.deepEqual(valuesAt(POD, ""), [open("", POD)]);
  });

  it("are in one walk what they are path by path", () => {
    fc.assert(
      fc.property(fc.array(path), (paths) => {
        const found: InputValue[][] = paths.map(() => []);
        visitValues(POD, pathTree(paths), (index, value) => found[index]?.push(value));
        assert.deepEqual(
          found,
          paths.map((each) => valuesAt(POD, each)),
        );
      }),
    );
  });
});
