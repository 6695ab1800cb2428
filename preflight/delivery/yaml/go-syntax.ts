import { formatFloat64 } from "../go/numbers";
import { quote } from "../go/text";
import { YamlMap, type YamlValue } from "./value";

/**
 * A value as Go's `%#v` writes it; some refusals quote the offending value so.
 *
 * @see https://pkg.go.dev/fmt#hdr-Printing
 */
export function goSyntax(value: YamlValue): string {
  if (value === null) return "<nil>";
  if (typeof value === "string") return quote(value);
  if (typeof value === "bigint" && value >= 2n ** 63n) return `0x${value.toString(16)}`;
  if (typeof value === "number") return formatFloat64(value);
  if (typeof value !== "object") return String(value);
  if (value instanceof YamlMap) {
    const pairs = value
      .entries()
      .map(([key, item]) => `${element(key)}:${element(item)}`)
      .sort();
    return `map[interface {}]interface {}{${pairs.join(", ")}}`;
  }
  return `[]interface {}{${value.map(element).join(", ")}}`;
}

const element = (value: YamlValue): string =>
  value === null ? "interface {}(nil)" : goSyntax(value);
