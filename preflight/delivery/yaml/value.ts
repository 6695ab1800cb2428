import type { YamlScalar } from "./resolve";

/** What a document says. */
export type YamlValue = YamlScalar | readonly YamlValue[] | YamlMap;

/** A mapping whose keys keep their type: `1` and `"1"` are two keys. */
export class YamlMap {
  private readonly pairs = new Map<string, readonly [YamlScalar, YamlValue]>();

  set(key: YamlScalar, value: YamlValue): void {
    this.pairs.set(`${typeof key} ${String(key)}`, [key, value]);
  }

  entries(): readonly (readonly [YamlScalar, YamlValue])[] {
    return [...this.pairs.values()];
  }
}
