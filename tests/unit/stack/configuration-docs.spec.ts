import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { configurationDocs } from "../../../scripts/generate-configuration-docs";
import { type JsonSchema, jsonSchema } from "../../../stack/config/known-keys";
import { SCHEMAS } from "../../../stack/config/schema";

const ROOT = join(__dirname, "../../..");
const PROJECT_FILE = "Pulumi.yaml";

/** Paths of the keys without a word about them. */
function undescribed(schema: JsonSchema, path: string): string[] {
  const { properties = {}, items, additionalProperties, anyOf = [] } = schema;
  return [
    ...Object.entries(properties).flatMap(([key, inner]) => [
      ...((inner.description ?? "") === "" && key !== "create" ? [`${path}.${key}`] : []),
      ...undescribed(inner, `${path}.${key}`),
    ]),
    ...(items === undefined ? [] : undescribed(items, `${path}[]`)),
    ...(typeof additionalProperties === "object"
      ? undescribed(additionalProperties, `${path}.NAME`)
      : []),
    ...anyOf.flatMap((shape) => undescribed(shape, path)),
  ];
}

describe("the documentation of the configuration", () => {
  it("is what the schema says (npm run docs:configuration)", () => {
    const file = readFileSync(join(ROOT, "docs/configuration.md"), "utf8");
    assert.equal(file, configurationDocs());
  });

  it("says something about every key", () => {
    const missing = Object.entries(SCHEMAS).flatMap(([key, schema]) =>
      undescribed(jsonSchema(schema), key),
    );
    assert.deepEqual(missing, []);
  });

  it("agrees with the keys that the project file declares", () => {
    const { config } = parse(readFileSync(join(ROOT, PROJECT_FILE), "utf8")) as {
      config: Record<string, { type: string; description: string }>;
    };
    const declared = Object.entries(config).map(([key, { type, description }]) => [
      key,
      type,
      description,
    ]);
    const expected = Object.entries(SCHEMAS)
      .map(([key, schema]) => [key, jsonSchema(schema)] as const)
      // Pulumi requires what is declared without a default, so optional texts are not declared.
      .filter(([, { type }]) => type !== "string")
      .map(([key, { type, description }]) => [
        key,
        type === "array" ? "array" : "object",
        description,
      ]);
    assert.deepEqual(declared, expected);
  });
});
