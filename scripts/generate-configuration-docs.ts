import { join } from "node:path";
import type { JsonSchema } from "../stack/config/known-keys";
import { describedSchemas } from "./described-schemas";
import { writeDocs } from "./write-docs";

/** Writes docs/configuration.md from the schema and the components' docstrings; with `--check`, only says whether it is up to date. */

const PROJECT = "eks-db-secrets";
const FILE = join(__dirname, "..", "docs", "configuration.md");

const HEAD = `# Configuration

<!-- Written by \`npm run docs:configuration\` from stack/config and the docstrings in components; do not edit it. -->

A stack is configured in \`Pulumi.STACK.yaml\`, under \`config\`, or with
\`pulumi config set --path '${PROJECT}:apps[0].replicas' 3\`. The stacks [dev](../Pulumi.dev.yaml),
[prod](../Pulumi.prod.yaml) and [existing](../Pulumi.existing.yaml) are examples.

Every mistake is reported at once, before anything is made. YAML reads \`1.30\` as a number and \`on\` as
a boolean: a string that looks like one needs quotes. No key takes an encrypted (\`secure:\`) value; what
is secret belongs into Secrets Manager, and its name under \`moreSecrets\` of an app.

## \`aws:region\`

The AWS region of everything in the stack. Required; without it, the environment's \`AWS_REGION\` counts.
`;

/** The whole document. */
export const configurationDocs = (): string =>
  [HEAD, ...Object.entries(describedSchemas()).map(([key, schema]) => section(key, schema))].join(
    "\n",
  );

function section(key: string, schema: JsonSchema): string {
  const { description = "", items, anyOf = [] } = schema;
  const isRequired = schema.default === undefined && schema.whenAbsent === undefined;
  const keys = items ?? schema;
  const facts = [typeOf(schema), isRequired ? "required" : absence(schema)].filter(Boolean);
  return [
    `## \`${PROJECT}:${key}\``,
    `${description} ${sentence(facts.join("; "))}`,
    ...anyOf.flatMap((shape) => [`### ${shape.title ?? ""}`, bullets(shape)]),
    ...(keys.properties === undefined ? [] : [bullets(keys)]),
  ]
    .join("\n\n")
    .concat("\n");
}

/** One line for each key, with the keys below it indented. Equal objects are described once. */
function bullets(object: JsonSchema, path = "", seen = new Map<string, string>()): string {
  const { properties = {}, required = [] } = object;
  return Object.entries(properties)
    .flatMap(([key, schema]) => {
      const [below, ...others] = objectsBelow(schema);
      const at = `${path}${key}`;
      const facts = [typeOf(schema), required.includes(key) ? "required" : absence(schema)];
      const line = `- \`${key}\` (${facts.filter(Boolean).join("; ")})${text(schema)}`;
      const shape = JSON.stringify(below?.properties);
      const same = seen.get(shape);
      if (below === undefined) return [line];
      if (same !== undefined) return [`${line} The same keys as in \`${same}\`.`];
      seen.set(shape, at);
      if (others.length === 0) return [line, indented(bullets(below, `${at}.`, seen))];
      const shapes = [below, ...others].map(
        (each) => `- ${each.title}:\n${indented(bullets(each, `${at}.`, seen))}`,
      );
      return [line, indented(shapes.join("\n"))];
    })
    .join("\n");
}

const indented = (lines: string): string => lines.replace(/^/gm, "  ");

const text = ({ description = "", sources = [] }: JsonSchema): string =>
  [description && `: ${description}`, ...sources.map((source) => `([source](${source}))`)]
    .filter(Boolean)
    .join(" ");

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** The objects whose keys a value may have, be it the value itself, an item of a list or of a record. */
function objectsBelow(schema: JsonSchema): readonly JsonSchema[] {
  const { properties, items, additionalProperties, anyOf = [] } = schema;
  if (properties !== undefined) return [schema];
  if (items !== undefined) return objectsBelow(items);
  if (typeof additionalProperties === "object") return objectsBelow(additionalProperties);
  return anyOf.flatMap(objectsBelow);
}

function absence(schema: JsonSchema): string {
  if (schema.whenAbsent !== undefined) return `default: ${schema.whenAbsent}`;
  const given = schema.default;
  // An object of keys with defaults of their own.
  if (given === undefined || JSON.stringify(given) === "{}") return "";
  return given === "" ? "default: empty" : `default: \`${code(given)}\``;
}

const code = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

const NAMES: Readonly<Record<string, string>> = {
  string: "string",
  integer: "whole number",
  number: "number",
  boolean: "boolean",
};

function typeOf(schema: JsonSchema): string {
  const { type, items, additionalProperties, anyOf, minimum, maximum } = schema;
  if (schema.const !== undefined) return `\`${code(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((word) => `\`${code(word)}\``).join(" or ");
  if (anyOf !== undefined) return alternatives(anyOf.map(typeOf));
  if (items !== undefined) return `list of ${plural(typeOf(items))}`;
  if (typeof additionalProperties === "object")
    return `object of ${plural(typeOf(additionalProperties))}`;
  if (typeof type === "object") return alternatives(type.map((one) => NAMES[one] ?? one));
  const isLimited = type === "integer" && maximum !== undefined && maximum < 2 ** 53 - 1;
  if (isLimited) return `whole number, ${minimum} to ${maximum}`;
  return NAMES[type ?? ""] ?? "object";
}

/** Where a string will do, numbers and booleans are only a courtesy to YAML. */
const alternatives = (types: readonly string[]): string => {
  const different = [...new Set(types)];
  return different.includes("string") && different.includes("number")
    ? "string"
    : different.join(" or ");
};

const plural = (type: string): string => (/^(object|string)$/.test(type) ? `${type}s` : type);

if (require.main === module) writeDocs(FILE, configurationDocs(), "docs:configuration");
