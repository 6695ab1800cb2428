import type { YamlRecord, YamlValue } from "./document";

const INT64_MAX = 2n ** 63n - 1n;

/**
 * A value as Pulumi hands it to the program: a string as it is, nothing as an empty one, and the
 * rest as Go's JSON, with sorted keys.
 *
 * @see https://pkg.go.dev/encoding/json#Marshal
 */
export function configValue(value: YamlValue): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  return typeof value === "bigint" ? String(value) : json(value);
}

function json(value: YamlValue): string {
  if (typeof value === "string") return text(value);
  // Beyond 64 bits with a sign, a number inside a list or a map becomes a float.
  if (typeof value === "bigint") return String(value > INT64_MAX ? Number(value) : value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(json).join(",")}]`;
  const members = Object.entries(value).sort(([a], [b]) => Buffer.compare(bytes(a), bytes(b)));
  return `{${members.map(([key, member]) => `${text(key)}:${json(member)}`).join(",")}}`;
}

const bytes = (value: string): Buffer => Buffer.from(value, "utf8");

const isList = (value: YamlRecord | readonly YamlValue[]): value is readonly YamlValue[] =>
  Array.isArray(value);

const text = (value: string): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
