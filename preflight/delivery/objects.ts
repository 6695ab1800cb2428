import type { Descriptor } from "./descriptor";
import { formatJson, type Json, JsonError } from "./go/json";
import { formatFloat32 } from "./go/numbers";
import { decodeStruct, fieldOf, type Schema } from "./go/struct";
import { wellFormed } from "./go/text";
import { decodeYaml } from "./yaml/decode";
import { YamlError } from "./yaml/error";
import { goSyntax } from "./yaml/go-syntax";
import { YamlMap, type YamlValue } from "./yaml/value";

const text: Schema = { kind: "string", type: "string" };

const JMES_PATH_ENTRY: Schema = {
  kind: "struct",
  type: "provider.JMESPathEntry",
  fields: { path: text, objectAlias: text, filePermission: text },
};

const FAILOVER_OBJECT: Schema = {
  kind: "struct",
  type: "provider.FailoverObjectEntry",
  fields: { objectName: text, objectVersion: text, objectVersionLabel: text },
};

const DESCRIPTOR: Schema = {
  kind: "struct",
  type: "provider.SecretDescriptor",
  fields: {
    objectName: text,
    objectAlias: text,
    objectVersion: text,
    objectVersionLabel: text,
    objectType: text,
    filePermission: text,
    jmesPath: { kind: "slice", type: "[]provider.JMESPathEntry", of: JMES_PATH_ENTRY },
    failoverObject: FAILOVER_OBJECT,
  },
};

const OBJECTS: Schema = {
  kind: "slice",
  type: "[]*provider.SecretDescriptor",
  of: DESCRIPTOR,
  nullable: true,
};

/** The entries of `objects`, or why the provider cannot read them. `null` is an empty entry. */
export type ParsedObjects =
  | { readonly ok: true; readonly descriptors: readonly (Descriptor | null)[] }
  | { readonly ok: false; readonly error: string };

/**
 * Reads the parameter `objects`: a YAML 1.1 list, of which JSON is a special case. Keys match in any
 * case, unknown keys are ignored, and a number or a truth value becomes text where text is wanted:
 * `0600` is `"384"`, `1.10` is `"1.1"`, `yes` is `"true"`.
 *
 * @see https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go
 */
export function parseObjects(objects: string): ParsedObjects {
  const converted = convert(objects);
  if (!converted.ok) {
    return { ok: false, error: `error converting YAML to JSON: ${converted.error}` };
  }
  const { value, problem } = decodeStruct(converted.json, OBJECTS);
  if (problem !== undefined) {
    return { ok: false, error: `error unmarshaling JSON: while decoding JSON: ${problem}` };
  }
  return { ok: true, descriptors: value as unknown as (Descriptor | null)[] };
}

/** Where `objects` holds keys that the provider does not know, such as `[0].jmesPaths`. */
export function ignoredKeys(objects: string): readonly string[] {
  const converted = convert(objects);
  return converted.ok ? unknownKeys(converted.json, OBJECTS, "") : [];
}

function unknownKeys(json: Json, schema: Schema, path: string): readonly string[] {
  if (Array.isArray(json) && schema.kind === "slice") {
    return json.flatMap((item, at) => unknownKeys(item, schema.of, `${path}[${at}]`));
  }
  if (!(json instanceof Map) || schema.kind !== "struct") return [];
  return [...json].flatMap(([key, item]) => {
    const [of, inner] = [schemaOfKey(schema, key), path === "" ? key : `${path}.${key}`];
    return of === undefined ? [inner] : unknownKeys(item, of, inner);
  });
}

function convert(
  objects: string,
): { readonly ok: true; readonly json: Json } | { readonly ok: false; readonly error: string } {
  try {
    const json = toJson(decodeYaml(wellFormed(objects)), OBJECTS);
    formatJson(json);
    return { ok: true, json };
  } catch (error) {
    if (error instanceof YamlError) return { ok: false, error: `yaml: ${error.message}` };
    if (error instanceof JsonError) return { ok: false, error: error.message };
    // Nesting so deep that the recursion ends here; the original gives up at 10,000 levels.
    if (error instanceof RangeError)
      return { ok: false, error: "yaml: exceeded max depth of 10000" };
    throw error;
  }
}

/** YAML as JSON. Scalars that go to a text field become text, keys always do. */
function toJson(value: YamlValue, schema: Schema | undefined): Json {
  if (value instanceof YamlMap) {
    const object = new Map<string, Json>();
    for (const [key, item] of value.entries()) {
      const name = keyText(key, item);
      object.set(name, toJson(item, schemaOfKey(schema, name)));
    }
    return object;
  }
  if (value === null) return null;
  if (typeof value === "object") {
    const of = schema?.kind === "slice" ? schema.of : undefined;
    return value.map((item) => toJson(item, of));
  }
  if (schema?.kind === "string") return scalarText(value);
  return typeof value === "bigint" ? Number(value) : value;
}

function schemaOfKey(schema: Schema | undefined, key: string): Schema | undefined {
  if (schema?.kind !== "struct") return undefined;
  const field = fieldOf(schema.fields, key);
  return field === undefined ? undefined : schema.fields[field];
}

const scalarText = (value: string | number | bigint | boolean): string =>
  typeof value === "number" ? formatFloat32(value) : String(value);

function keyText(key: YamlValue, value: YamlValue): string {
  if (typeof key === "string" || typeof key === "boolean") return String(key);
  if (typeof key === "bigint" && key < 2n ** 63n) return String(key);
  if (typeof key === "number") {
    return (
      { "+Inf": ".inf", "-Inf": "-.inf", NaN: ".nan" }[formatFloat32(key)] ?? formatFloat32(key)
    );
  }
  const type = key === null ? "%!s(<nil>)" : "uint64";
  const [keyCode, valueCode] = [goSyntax(key), goSyntax(value)];
  throw new JsonError(`unsupported map key of type: ${type}, key: ${keyCode}, value: ${valueCode}`);
}
