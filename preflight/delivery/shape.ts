import type { Json } from "./go/json";

/**
 * What is known of a JSON before its values are: the type behind each key. `unknown` is a value of
 * which not even the type is known; a list of one shape is a list of such items.
 */
export type JsonShape =
  | "string"
  | "number"
  | "boolean"
  | "null"
  | "object"
  | "array"
  | "unknown"
  | readonly [JsonShape]
  | { readonly [key: string]: JsonShape };

/** The shape of a JSON value. */
export function shapeOf(value: Json): JsonShape {
  if (value === null) return "null";
  if (typeof value === "string") return "string";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  if (Array.isArray(value)) return value[0] === undefined ? "array" : [shapeOf(value[0])];
  return Object.fromEntries([...value].map(([key, item]) => [key, shapeOf(item)] as const));
}

/**
 * A JSON of that shape, to evaluate expressions on whose values are not known. A string has the text
 * of its key, so that two of them can be told apart.
 */
export function sample(shape: JsonShape, key = "value"): Json {
  switch (shape) {
    case "string":
    case "unknown":
      return key || "value";
    case "number":
      return 1;
    case "boolean":
      return true;
    case "null":
      return null;
    case "object":
      return new Map();
    case "array":
      return [];
    default:
  }
  if (isListShape(shape)) return [sample(shape[0], key)];
  return new Map(Object.entries(shape).map(([name, item]) => [name, sample(item, name)] as const));
}

const isListShape = (
  shape: readonly [JsonShape] | Readonly<Record<string, JsonShape>>,
): shape is readonly [JsonShape] => Array.isArray(shape);
