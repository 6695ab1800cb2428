import { databaseKey, userKey } from "../stack/app-args";
import { NEEDS_IMAGE } from "../stack/check-app";
import { type JsonSchema, jsonSchema } from "../stack/config/known-keys";
import { SCHEMAS } from "../stack/config/schema";
import { type ArgumentDocs, argumentDocs, type Members } from "./argument-docs";

/** The schema of each key. What it does not describe itself, the components' docstrings do. */
export const describedSchemas = (): Readonly<Record<string, JsonSchema>> =>
  mapValues(SCHEMAS, (schema, key) => withDocs(jsonSchema(schema), COMPONENT_DOCS[key] ?? {}));

/** The program's names for what a docstring mentions. */
const inConfiguration = (text: string): string =>
  text.replaceAll("`databaseName`", "`name`").replaceAll("the component's name", "the app's name");

/** The docstrings of a component's arguments, under the names that the program has for them. */
const docsInConfiguration = (args: string, keyOf: (argument: string) => string): Members =>
  Object.fromEntries(
    Object.entries(argumentDocs(args)).map(([name, docs]) => [
      keyOf(name),
      {
        ...docs,
        description: inConfiguration(docs.description),
        whenAbsent: docs.whenAbsent && inConfiguration(docs.whenAbsent),
      },
    ]),
  );

const databaseDocs: Members = {
  ...docsInConfiguration("SecureDatabaseArgs", databaseKey),
  user: {
    description: "",
    sources: [],
    members: docsInConfiguration("DatabaseUserArgs", userKey),
  },
};

const appDocs: Members = mapValues(argumentDocs("CsiSecretsAppArgs"), (docs, name) =>
  (NEEDS_IMAGE as readonly string[]).includes(name)
    ? { ...docs, description: `${docs.description} Needs \`image\`.` }
    : docs,
);

const COMPONENT_DOCS: Readonly<Record<string, Members>> = {
  driver: argumentDocs("CsiSecretsDriverArgs"),
  apps: { ...appDocs, database: { description: "", sources: [], members: databaseDocs } },
};

function withDocs(schema: JsonSchema, members: Members): JsonSchema {
  const { properties, items, additionalProperties, anyOf } = schema;
  return {
    ...schema,
    properties: properties && mapValues(properties, (inner, key) => described(inner, members[key])),
    items: items && withDocs(items, members),
    additionalProperties:
      typeof additionalProperties === "object"
        ? withDocs(additionalProperties, members)
        : additionalProperties,
    anyOf: anyOf?.map((shape) => withDocs(shape, members)),
  };
}

const described = (schema: JsonSchema, docs: ArgumentDocs | undefined): JsonSchema =>
  docs === undefined
    ? schema
    : {
        ...withDocs(schema, docs.members ?? {}),
        description: schema.description ?? docs.description,
        whenAbsent: schema.whenAbsent ?? docs.whenAbsent,
        sources: docs.sources,
      };

/** A record with the same names and other values. */
function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From, key: string) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, change(value, key)]),
  );
}
