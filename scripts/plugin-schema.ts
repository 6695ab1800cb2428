// Writes components/plugin/schema.json, which the plugin serves: `npm run plugin:schema`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import { format } from "prettier";
import manifest from "../components/package.json";
import { TYPESCRIPT_ONLY } from "../components/plugin/face";
import { faceOf } from "./plugin-face";

const ROOT = path.resolve(__dirname, "..");
const FILE = path.join(ROOT, "components/plugin/schema.json");

/** The schema as the components are now. */
export function currentSchema(): object {
  const names = Object.keys(TYPESCRIPT_ONLY);
  const { text, descriptions } = faceOf(path.join(ROOT, "components"), names, TYPESCRIPT_ONLY);
  const { components, typeDefinitions, dependencies } = analyzed(text, names);
  const { name, version, description } = manifest;
  const schema = generateSchema(
    ...([name, version, description, components, typeDefinitions, dependencies] as const),
  );
  const described: Readonly<Record<string, { description?: string }>>[] = [
    schema.resources,
    schema.types,
  ];
  for (const kind of described) {
    for (const [token, entry] of Object.entries(kind)) {
      entry.description = descriptions.get(token.split(":").at(-1) ?? "") ?? entry.description;
    }
  }
  return JSON.parse(JSON.stringify(schema, adapted)) as object;
}

/** What the analyzer cannot know of the types, and what the generators cannot take of its schema. */
const adapted = (key: string, value: unknown): unknown => {
  // TypeScript has one type for numbers; all of the components' are whole.
  if (key === "type" && value === "number") return "integer";
  // The generator for Go makes no type for an object that only a plain map holds, and uses it all the same.
  if (key === "additionalProperties" && Object.hasOwn(value as object, "$ref")) {
    return { ...(value as object), plain: undefined };
  }
  return value;
};

/** The analyzer reads a folder; this one is where the types of the SDKs are found. */
function analyzed(face: string, names: readonly string[]) {
  const cache = path.join(ROOT, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, "plugin-face-"));
  try {
    writeFileSync(path.join(folder, "index.ts"), face);
    const compilerOptions = { strict: true, target: "es2022", module: "nodenext", types: [] };
    writeFileSync(
      path.join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["index.ts"] }),
    );
    return new Analyzer(folder, manifest.name, {}, new Set(names)).analyze();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function main(): Promise<void> {
  const text = JSON.stringify(currentSchema());
  writeFileSync(FILE, await format(text, { parser: "json", filepath: FILE }));
}

if (require.main === module) void main();
