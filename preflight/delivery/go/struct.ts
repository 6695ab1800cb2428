import type { Json } from "./json";
import { compareText } from "./text";

/** A Go type that JSON is decoded into; `type` is its name in error texts. */
export type Schema =
  | { readonly kind: "string"; readonly type: "string" }
  | { readonly kind: "slice"; readonly type: string; readonly of: Schema; readonly nullable?: true }
  | { readonly kind: "map"; readonly type: string; readonly of: Schema }
  | { readonly kind: "struct"; readonly type: string; readonly fields: Fields };

type Fields = Readonly<Record<string, Schema>>;

/** A Go value; `null` only as an element of a slice of pointers. */
export type Decoded = null | string | Decoded[] | Map<string, Decoded> | DecodedStruct;
export interface DecodedStruct {
  [field: string]: Decoded;
}

/** Types of JSON, as Go's error texts call them. */
export type JsonType = "null" | "bool" | "number" | "string" | "array" | "object";

export function jsonType(value: Json): JsonType {
  if (value === null) return "null";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "string";
  if (typeof value === "number") return "number";
  return Array.isArray(value) ? "array" : "object";
}

/** The field of a struct that a key goes to: its own name, else any case of it. */
export function fieldOf(fields: Fields, key: string): string | undefined {
  if (Object.hasOwn(fields, key)) return key;
  const folded = foldCase(key);
  return Object.keys(fields).find((field) => foldCase(field) === folded);
}

/** Two characters outside ASCII are other cases of `k` and `s`. */
const foldCase = (text: string): string =>
  text
    .replaceAll("\u{212A}", "k")
    .replaceAll("\u{017F}", "s")
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/**
 * Decodes JSON into a Go value as `encoding/json` does: unknown keys are ignored, `null` changes
 * nothing, of several cases of one key the last in order wins. A value of the wrong type does not
 * stop the decoding; the first such is returned in Go's words.
 *
 * @see https://pkg.go.dev/encoding/json#Unmarshal
 */
export function decodeStruct(
  json: Json,
  schema: Schema,
): { readonly value: Decoded; readonly problem?: string } {
  const decoder = new StructDecoder();
  const value = decoder.decode(json, schema, emptyValue(schema), undefined);
  return { value, ...(decoder.problem !== undefined && { problem: decoder.problem }) };
}

interface FieldLocation {
  readonly struct: string;
  readonly path: readonly string[];
}

class StructDecoder {
  problem: string | undefined;

  decode(json: Json, schema: Schema, current: Decoded, place: FieldLocation | undefined): Decoded {
    if (json === null) return schema.kind === "struct" ? current : nullValue(schema, current);
    if (schema.kind === "string" && typeof json === "string") return json;
    if (schema.kind === "slice" && Array.isArray(json)) {
      return this.slice(json, schema, current, place);
    }
    if (schema.kind === "map" && json instanceof Map) {
      const entries = sorted(json).map(
        ([key, item]) => [key, this.decode(item, schema.of, emptyValue(schema.of), place)] as const,
      );
      return new Map(entries);
    }
    if (schema.kind === "struct" && json instanceof Map) {
      return this.struct(json, schema, current, place);
    }
    this.refuse(json, schema, place);
    return current;
  }

  private slice(
    json: readonly Json[],
    schema: Schema & { readonly kind: "slice" },
    current: Decoded,
    place: FieldLocation | undefined,
  ): Decoded {
    const before = Array.isArray(current) ? current : [];
    return json.map((item, at) => {
      if (item === null && schema.nullable === true) return null;
      return this.decode(item, schema.of, before[at] ?? emptyValue(schema.of), place);
    });
  }

  private struct(
    json: ReadonlyMap<string, Json>,
    schema: Schema & { readonly kind: "struct" },
    current: Decoded,
    place: FieldLocation | undefined,
  ): Decoded {
    const value: DecodedStruct = { ...(current as DecodedStruct) };
    const struct = schema.type.slice(schema.type.lastIndexOf(".") + 1);
    for (const [key, item] of sorted(json)) {
      const field = fieldOf(schema.fields, key);
      const fieldSchema = field === undefined ? undefined : schema.fields[field];
      if (field === undefined || fieldSchema === undefined) continue;
      const inner = { struct, path: [...(place?.path ?? []), field] };
      value[field] = this.decode(item, fieldSchema, value[field] ?? null, inner);
    }
    return value;
  }

  private refuse(json: Json, { type }: Schema, place: FieldLocation | undefined): void {
    const target =
      place === undefined ? "value" : `struct field ${place.struct}.${place.path.join(".")}`;
    this.problem ??= `json: cannot unmarshal ${jsonType(json)} into Go ${target} of type ${type}`;
  }
}

/** Keys in the order in which `json.Marshal` writes them. */
const sorted = (json: ReadonlyMap<string, Json>): readonly (readonly [string, Json])[] =>
  [...json].sort(([left], [right]) => compareText(left, right));

function emptyValue(schema: Schema): Decoded {
  switch (schema.kind) {
    case "string":
      return "";
    case "slice":
      return [];
    case "map":
      return new Map();
    case "struct":
      return Object.fromEntries(
        Object.entries(schema.fields).map(([field, of]) => [field, emptyValue(of)]),
      );
  }
}

const nullValue = (schema: Schema, current: Decoded): Decoded =>
  schema.kind === "string" ? current : emptyValue(schema);
