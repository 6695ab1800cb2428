import { parseFloat64 } from "../go/numbers";
import { YamlError } from "./error";

/** A scalar after YAML 1.1 gave it a type. Integers are exact, whatever their size. */
export type YamlScalar = null | boolean | bigint | number | string;

const LONG = "tag:yaml.org,2002:";
const KEYWORDS: ReadonlyMap<string, YamlScalar> = new Map<string, YamlScalar>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map(
    (text) => [text, true] as const,
  ),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map(
    (text) => [text, false] as const,
  ),
  ...["", "~", "null", "Null", "NULL"].map((text) => [text, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((text) => [text, NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((text) => [text, Infinity] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((text) => [text, -Infinity] as const),
]);

const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const TIMESTAMP =
  /^[0-9]{4}-(0?[1-9]|1[0-2])-(0?[1-9]|[12][0-9]|3[01])([Tt]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?(Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?)?$/;
const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;

/**
 * The value of a scalar. `0600` is the octal 384, `yes` is true, `1_000` is 1000, `08` is a float;
 * a timestamp stays the text it is.
 *
 * @throws YamlError if the text is not what its tag says
 * @see https://github.com/yaml/go-yaml/blob/v2.4.4/resolve.go
 */
export function resolveScalar(tag: string, text: string): YamlScalar {
  const kind = tag.startsWith(LONG) ? tag.slice(LONG.length) : undefined;
  if (kind === "binary") return decodeBinary(text);
  if (tag !== "" && !["str", "bool", "int", "float", "null", "timestamp"].includes(kind ?? "")) {
    return text;
  }
  if (kind === "str") return text;
  const value = resolvePlain(text);
  const found = typeName(value);
  if (kind === undefined || kind === found) return value;
  if (kind === "float" && typeof value === "bigint" && value <= INT64_MAX) return Number(value);
  if (kind === "timestamp" && TIMESTAMP.test(text)) return text;
  throw new YamlError(`cannot decode !!${found} \`${text}\` as a !!${kind}`);
}

function resolvePlain(text: string): YamlScalar {
  const keyword = KEYWORDS.get(text);
  if (keyword !== undefined) return keyword;
  if (!/^[-+.0-9]/.test(text)) return text;
  if (text.startsWith(".")) return parseFloat64(text) ?? text;
  const plain = text.replaceAll("_", "");
  return parseInteger(plain) ?? (FLOAT.test(plain) ? finite(plain) : undefined) ?? text;
}

function parseInteger(text: string): bigint | undefined {
  const [, sign = "", digits = ""] = INTEGER.exec(text) ?? [];
  if (digits === "") return undefined;
  const size = BigInt(/^0[0-7]/.test(digits) ? `0o${digits}` : digits.toLowerCase());
  const value = sign === "-" ? -size : size;
  if (value >= -INT64_MAX - 1n && value <= INT64_MAX) return value;
  return sign === "" && value <= UINT64_MAX ? value : undefined;
}

function finite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function typeName(value: YamlScalar): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return "float";
    default:
      return "str";
  }
}

function decodeBinary(text: string): string {
  const base64 = text.replace(/[\r\n]/g, "");
  if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) {
    throw new YamlError("!!binary value contains invalid base64 data");
  }
  return Buffer.from(base64, "base64").toString();
}
