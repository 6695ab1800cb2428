import { timestamp } from "./timestamp";

/** What a scalar of a settings file means to Pulumi. Whole numbers are exact, whatever their size. */
export type Scalar = null | boolean | bigint | number | string;

/** A scalar that Pulumi refuses; the message is a sentence. */
export class ScalarError extends Error {}

const TAG = "tag:yaml.org,2002:";

const KEYWORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...["true", "True", "TRUE"].map((text) => [text, true] as const),
  ...["false", "False", "FALSE"].map((text) => [text, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((text) => [text, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((text) => [text, NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((text) => [text, Infinity] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((text) => [text, -Infinity] as const),
]);

const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;

/**
 * The value of a scalar: `0777` is 511, `1_000` is 1000, `yes` is a string, and a date is the
 * string that Go writes of it.
 *
 * @param tag Full tag; `undefined` or `!` without one.
 * @throws ScalarError
 * @see https://github.com/go-yaml/yaml/blob/v3.0.1/resolve.go
 */
export function scalarValue(text: string, plain: boolean, tag?: string): Scalar {
  const kind = tag?.startsWith(TAG) ? tag.slice(TAG.length) : undefined;
  switch (kind) {
    case "binary":
      return binary(text);
    case "str":
      return text;
    case "null":
    case "bool":
    case "int":
    case "float":
    case "timestamp":
      return tagged(kind, text);
    default:
      return plain && (tag === undefined || tag === "!") ? untagged(text) : text;
  }
}

function untagged(text: string): Scalar {
  const value = resolved(text);
  return typeof value === "string" ? (timestamp(value) ?? value) : value;
}

function tagged(kind: string, text: string): Scalar {
  const date = timestamp(text);
  if (kind === "timestamp" && date !== undefined) return date;
  const value = resolved(text);
  const found = date === undefined ? kindOf(value) : "timestamp";
  if (kind === found) return value;
  if (kind === "float" && typeof value === "bigint") return Number(value);
  throw new ScalarError(
    `the value is tagged !!${kind}, and Pulumi does not read ${JSON.stringify(text)} as one`,
  );
}

function resolved(text: string): Scalar {
  const keyword = KEYWORDS.get(text);
  if (keyword !== undefined) return keyword;
  if (!/^[-+.0-9]/.test(text)) return text;
  const digits = text.startsWith(".") ? text : text.replaceAll("_", "");
  return integer(digits) ?? (FLOAT.test(digits) ? finite(digits) : undefined) ?? text;
}

function integer(text: string): bigint | undefined {
  const [, sign = "", digits = ""] = INTEGER.exec(text) ?? [];
  if (digits === "") return undefined;
  const size = BigInt(/^0[0-7]/.test(digits) ? `0o${digits}` : digits.toLowerCase());
  const value = sign === "-" ? -size : size;
  return value >= INT64_MIN && value <= UINT64_MAX ? value : undefined;
}

function finite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function kindOf(value: Scalar): string {
  if (value === null) return "null";
  const kinds = { boolean: "bool", bigint: "int", number: "float", string: "str" } as const;
  return kinds[typeof value as keyof typeof kinds];
}

function binary(text: string): string {
  const base64 = text.replace(/[\r\n]/g, "");
  if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) {
    throw new ScalarError("the value is tagged !!binary and is no Base64");
  }
  return Buffer.from(base64, "base64").toString();
}
