import type { JsonShape } from "../../delivery/shape";
import { HOLE, isLate, isUnknownText } from "../../simulation/wire/unknown";
import { jsonIn, recordOf } from "../../simulation/wire/values";

/** The keys and types of a JSON, or that it is plain text. */
export type SecretContent = { readonly shape: JsonShape; readonly ssl: SaidSsl } | "text";

/**
 * How the functions that AWS publishes read `ssl` in a secret's JSON: with TLS, without, or with TLS
 * first and without where that fails.
 *
 * @see https://github.com/aws-samples/aws-secrets-manager-rotation-lambdas (`get_ssl_config`)
 */
export type SaidSsl = "on" | "off" | "either" | "unknown";

/**
 * What a secret's text is known to hold, keys and types only; `undefined` where nothing is. A value
 * that only the cloud could tell is of unknown type, and the rest of its JSON is known all the same.
 */
export function contentOf(text: string): SecretContent | undefined {
  const json = jsonIn(text) ?? jsonIn(quoted(text));
  if (json !== undefined) return { shape: shapeOf(json), ssl: saidSsl(recordOf(json).ssl) };
  // What begins with something unknown, or like JSON, may be JSON.
  const mayBeJson = isUnknownText(text) && (text.startsWith(HOLE) || /^\s*[[{"]/.test(text));
  return mayBeJson || !isText(text) ? undefined : "text";
}

const isText = (text: string): boolean => !isUnknownText(text) || text.includes(HOLE);

/** A number that is not known stands in a JSON without quotes. */
const quoted = (text: string): string => text.replaceAll(HOLE, `"${HOLE}"`);

function shapeOf(value: unknown): JsonShape {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "array" : [shapeOf(value[0])];
  if (typeof value === "string") return value === HOLE ? "unknown" : "string";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  return Object.fromEntries(
    Object.entries(recordOf(value)).map(([key, item]) => [key, shapeOf(item)]),
  );
}

function saidSsl(ssl: unknown): SaidSsl {
  if (isLate(ssl)) return "unknown";
  const said = typeof ssl === "string" ? ssl.toLowerCase() : ssl;
  if (said === true || said === "true") return "on";
  return said === false || said === "false" ? "off" : "either";
}

/** The shapes that a partly unknown shape may turn out to be. */
export const possibleShapes = (shape: JsonShape): readonly JsonShape[] =>
  holdsUnknownPart(shape)
    ? (["string", "number", "object", "null"] as const).map((part) => filled(shape, part))
    : [shape];

const holdsUnknownPart = (shape: JsonShape): boolean =>
  typeof shape === "object" ? Object.values(shape).some(holdsUnknownPart) : shape === "unknown";

function filled(shape: JsonShape, part: JsonShape): JsonShape {
  if (typeof shape !== "object") return shape === "unknown" ? part : shape;
  if (isList(shape)) return [filled(shape[0], part)];
  return Object.fromEntries(Object.entries(shape).map(([key, item]) => [key, filled(item, part)]));
}

const isList = (shape: object): shape is readonly [JsonShape] => Array.isArray(shape);
