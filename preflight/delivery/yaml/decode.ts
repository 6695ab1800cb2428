import { YamlError } from "./error";
import { goSyntax } from "./go-syntax";
import { parseYaml, type YamlNode } from "./parser";
import { resolveScalar } from "./resolve";
import { YamlMap, type YamlValue } from "./value";

const MERGE_TAG = "tag:yaml.org,2002:merge";

/**
 * The first document of a YAML 1.1 text. Of two equal keys the later wins; aliases and merge keys
 * (`<<`) are resolved.
 *
 * @throws YamlError
 * @see https://github.com/yaml/go-yaml/blob/v2.4.4/decode.go
 */
export function decodeYaml(text: string): YamlValue {
  const root = parseYaml(text);
  return root === undefined ? null : new Decoder().value(root);
}

class Decoder {
  private readonly open = new Set<YamlNode>();
  private steps = 0;
  private aliasSteps = 0;
  private aliasDepth = 0;

  value(node: YamlNode): YamlValue {
    this.countStep();
    switch (node.kind) {
      case "alias":
        return this.alias(node, (target) => this.value(target));
      case "scalar":
        return node.tag === "" && !node.plain ? node.value : resolveScalar(node.tag, node.value);
      case "sequence":
        return node.items.map((item) => this.value(item));
      case "mapping": {
        const map = new YamlMap();
        this.fill(map, node.pairs);
        return map;
      }
    }
  }

  private fill(map: YamlMap, pairs: readonly (readonly [YamlNode, YamlNode])[]): void {
    for (const [keyNode, valueNode] of pairs) {
      if (isMergeKey(keyNode)) {
        this.merge(valueNode, map);
        continue;
      }
      const key = this.value(keyNode);
      if (typeof key === "object" && key !== null) {
        throw new YamlError(`invalid map key: ${goSyntax(key)}`);
      }
      map.set(key, this.value(valueNode));
    }
  }

  private merge(node: YamlNode, map: YamlMap): void {
    if (node.kind !== "sequence") return this.mergeOne(node, map);
    // The earlier of several maps wins, so it is written last.
    for (const item of [...node.items].reverse()) this.mergeOne(item, map);
  }

  private mergeOne(node: YamlNode, map: YamlMap): void {
    const source = node.kind === "alias" ? node.target : node;
    if (source.kind !== "mapping") {
      throw new YamlError("map merge requires map or sequence of maps as the value");
    }
    this.countStep();
    if (node.kind !== "alias") return this.fill(map, source.pairs);
    this.alias(node, () => {
      this.countStep();
      this.fill(map, source.pairs);
    });
  }

  private alias<T>(node: YamlNode & { readonly kind: "alias" }, use: (target: YamlNode) => T): T {
    if (this.open.has(node)) throw new YamlError(`anchor '${node.name}' value contains itself`);
    this.open.add(node);
    this.aliasDepth += 1;
    const result = use(node.target);
    this.aliasDepth -= 1;
    this.open.delete(node);
    return result;
  }

  /** Refuses documents that are mostly expanded aliases. */
  private countStep(): void {
    this.steps += 1;
    if (this.aliasDepth > 0) this.aliasSteps += 1;
    if (this.aliasSteps <= 100 || this.steps <= 1000) return;
    if (this.aliasSteps / this.steps > allowedAliasShare(this.steps)) {
      throw new YamlError("document contains excessive aliasing");
    }
  }
}

function allowedAliasShare(steps: number): number {
  const [low, high] = [400_000, 4_000_000];
  if (steps <= low) return 0.99;
  return steps >= high ? 0.1 : 0.99 - 0.89 * ((steps - low) / (high - low));
}

const isMergeKey = (node: YamlNode): boolean =>
  node.kind === "scalar" && node.value === "<<" && (node.plain || node.tag === MERGE_TAG);
