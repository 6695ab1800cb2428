import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { DATABASE_DEFAULTS, SUPPORTED_MAJORS } from "../../../components";
import { argumentDocs } from "../../../scripts/argument-docs";
import { describedSchemas } from "../../../scripts/described-schemas";
import { configurationDocs } from "../../../scripts/generate-configuration-docs";
import { databaseKey, userKey } from "../../../stack/app-args";
import { DatabaseSchema } from "../../../stack/config/database-schema";
import { type JsonSchema, jsonSchema } from "../../../stack/config/known-keys";
import { SCHEMAS } from "../../../stack/config/schema";

const ROOT = join(__dirname, "../../..");
const PROJECT_FILE = "Pulumi.yaml";

/** Paths of the keys without a description. */
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

interface Coverage {
  readonly args: string;
  /** Keys of the configuration, and those that are no arguments of the component. */
  readonly keys: readonly string[];
  readonly ownKeys: readonly string[];
  /** What the program sets itself, from other sections and resources. */
  readonly setByProgram: readonly string[];
}

const { apps, driver } = SCHEMAS;
const [own, guest] = DatabaseSchema.options;
/** The configuration's names of arguments, where they are others. */
const KEY_OF: Readonly<Record<string, (argument: string) => string>> = {
  SecureDatabaseArgs: databaseKey,
  DatabaseUserArgs: userKey,
};

const COVERAGE: readonly Coverage[] = [
  {
    args: "SecureDatabaseArgs",
    keys: Object.keys(own.shape),
    ownKeys: ["user"],
    setByProgram: ["subnetIds", "tags", "transform", "vpcId"],
  },
  {
    args: "DatabaseUserArgs",
    keys: Object.keys(guest.shape.user.shape),
    ownKeys: [],
    setByProgram: [
      ...["caBundle", "database", "readsFrom", "subnetIds", "tags", "transform", "vpcId"],
    ],
  },
  {
    args: "CsiSecretsAppArgs",
    keys: Object.keys(apps.element.shape),
    ownKeys: ["database", "name"],
    setByProgram: [
      ...["caBundle", "driver", "failoverKmsKeyArn", "kmsKeyArn", "parameter", "region"],
      ...["rotation", "secretArn", "secretName", "shape"],
      ...["tags", "transform"],
    ],
  },
  {
    args: "CsiSecretsDriverArgs",
    keys: Object.keys(driver.unwrap().shape),
    ownKeys: [],
    setByProgram: ["clusterName", "region", "tags", "transform"],
  },
];

describe("the configuration and the components", () => {
  for (const { args, keys, ownKeys, setByProgram } of COVERAGE) {
    it(`have the same arguments, but for what the program sets itself: ${args}`, () => {
      const given = keys.filter((key) => !ownKeys.includes(key));
      const wanted = Object.keys(argumentDocs(args)).map((name) => KEY_OF[args]?.(name) ?? name);
      assert.deepEqual([...given, ...setByProgram].sort(), wanted.sort());
    });
  }

  it("document the versions that SecureDatabase supports", () => {
    const { engineVersion } = argumentDocs("SecureDatabaseArgs");
    const [first, ...others] = SUPPORTED_MAJORS;
    assert.ok(engineVersion?.description.includes(`\`"${first}"\` to \`"${others.at(-1)}"\``));
  });

  it("document the defaults that SecureDatabase has", () => {
    const docs = argumentDocs("SecureDatabaseArgs");
    const documented = Object.keys(DATABASE_DEFAULTS).map((name) => [name, docs[name]?.whenAbsent]);
    const byLifecycle = (values: Readonly<Record<string, unknown>>): string =>
      Object.entries(values)
        .map(([lifecycle, value]) => `${String(value)} when ${lifecycle}`)
        .join(", ");
    const expected = Object.entries(DATABASE_DEFAULTS).map(([name, value]) => [
      name,
      typeof value === "object"
        ? byLifecycle(value)
        : value === ""
          ? "empty, letters and digits"
          : `\`${value}\``,
    ]);
    assert.deepEqual(documented, expected);
  });
});

describe("the documentation of the configuration", () => {
  it("is what the schema says (npm run docs:configuration)", () => {
    const file = readFileSync(join(ROOT, "docs/configuration.md"), "utf8");
    assert.equal(file, configurationDocs());
  });

  it("says something about every key", () => {
    const missing = Object.entries(describedSchemas()).flatMap(([key, schema]) =>
      undescribed(schema, key),
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
      // Pulumi requires what is declared without a default, so optional strings are not declared.
      .filter(([, { type }]) => type !== "string")
      .map(([key, { type, description }]) => [
        key,
        type === "array" ? "array" : "object",
        description,
      ]);
    assert.deepEqual(declared, expected);
  });
});
