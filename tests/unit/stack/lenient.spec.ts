import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { z } from "zod";
import { parseLeniently } from "../../../stack/config/lenient";
import { coercedString } from "../../../stack/config/values";

const Port = z.strictObject({ port: z.number(), name: z.string().default("app") });
const schema = z.strictObject({
  image: z.string().min(1).optional(),
  ports: z.array(Port).min(1).optional(),
  env: z.record(z.string(), coercedString()).optional(),
  rotation: z.union([z.literal(false), z.strictObject({ interval: z.string() })]).optional(),
  place: z
    .union([z.strictObject({ create: Port }), z.strictObject({ id: z.string(), zone: z.string() })])
    .optional(),
  size: z.strictObject({ min: z.number().default(1) }).prefault({}),
});

describe("a value that a schema refuses in part", () => {
  const cases: [what: string, value: unknown, expected: unknown][] = [
    ["keeps what is wrong", { image: 5 }, { image: 5, size: { min: 1 } }],
    ["keeps what breaks a rule", { image: "" }, { image: "", size: { min: 1 } }],
    [
      "fills the gaps around it, in lists too",
      { ports: [{ port: "80" }, { port: 81 }, 5], size: { min: "x" } },
      {
        ports: [{ port: "80", name: "app" }, { port: 81, name: "app" }, undefined],
        size: { min: "x" },
      },
    ],
    [
      "coerces the values around it",
      { env: { A: 1, B: [], C: true } },
      { env: { A: "1", B: [], C: "true" }, size: { min: 1 } },
    ],
    ["has no unknown keys", { imgae: "x" }, { size: { min: 1 } }],
    ["has no objects and lists that are none", { ports: 5, env: [], place: 1, size: "x" }, {}],
    ["keeps one that fits no shape", { rotation: true }, { rotation: true, size: { min: 1 } }],
    [
      "has the shape that fits best",
      { place: { id: 5 }, rotation: { interval: 5, more: 1 } },
      { place: { id: 5 }, rotation: { interval: 5 }, size: { min: 1 } },
    ],
    ["is nothing where it is no object", 5, undefined],
  ];
  for (const [what, value, expected] of cases) {
    it(what, () => assert.deepEqual(parseLeniently(schema, value), expected));
  }

  it("is what the schema makes of it where nothing is wrong", () => {
    const value = {
      image: "a",
      ports: [{ port: 1 }],
      env: { A: 1 },
      place: { create: { port: 2 } },
    };
    assert.deepEqual(parseLeniently(schema, value), schema.parse(value));
  });

  it("may be anything", () => {
    const keys = fc.constantFrom("image", "ports", "env", "rotation", "place", "size", "else");
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue()), (value) =>
        assert.doesNotThrow(() => parseLeniently(schema, value)),
      ),
    );
  });
});
