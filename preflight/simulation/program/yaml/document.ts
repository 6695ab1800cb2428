import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseAllDocuments,
  type ParsedNode,
  type Scalar as ScalarNode,
  type YAMLMap,
} from "yaml";
import { type Scalar, ScalarError, scalarValue } from "./scalar";

/** What a settings file says, as Pulumi understands it. */
export type YamlValue = Scalar | readonly YamlValue[] | YamlRecord;
export interface YamlRecord {
  readonly [key: string]: YamlValue;
}

/** A text that Pulumi refuses, or of which it would ignore a part. The message names the line. */
export class YamlError extends Error {}

/** Aliases within aliases make a short text a very long one. */
const MOST_VALUES = 100_000;

/**
 * The value of a YAML text as Pulumi reads it, with the rules of Go's yaml.v3 and not those of
 * YAML 1.2. A second document, which Pulumi ignores silently, is refused.
 *
 * @throws YamlError
 * @see https://github.com/go-yaml/yaml/tree/v3.0.1
 */
export function readYaml(text: string): YamlValue {
  const lines = new LineCounter();
  const at = (offset: number, problem: string): YamlError =>
    new YamlError(`line ${Math.max(1, lines.linePos(offset).line)}: ${problem}`);
  const documents = parseAllDocuments(text, {
    schema: "failsafe",
    resolveKnownTags: false,
    uniqueKeys: false,
    stringKeys: false,
    prettyErrors: false,
    logLevel: "silent",
    lineCounter: lines,
  }) as readonly Document.Parsed[];
  const control = CONTROL.exec(text);
  if (control !== null) {
    throw at(control.index, "there is a control character; write it as an escape in double quotes");
  }
  const [document, second] = documents;
  if (document === undefined) return null;
  const [error] = document.errors;
  if (error !== undefined) throw at(error.pos[0], parserProblem(error));
  if (second !== undefined) {
    throw at(
      second.contents?.range[0] ?? second.range[0],
      "a second document begins, and Pulumi reads the first alone; put everything into one",
    );
  }
  const { explicit, version } = document.directives.yaml;
  if (explicit && version !== "1.1") {
    throw new YamlError(`line 1: the directive %YAML must be left out, or be 1.1; got ${version}`);
  }
  const root = document.contents;
  for (const key of isMap(root) ? configKeys(root) : []) {
    if (typeof scalarOf(key) !== "string") {
      throw at(
        key.range[0],
        "there is a configuration key that is no string; put the key in quotes",
      );
    }
  }
  return new Reader(document, text, at).value(root);
}

/** Pulumi finds the project of a key in the text, and other keys have none. */
const configKeys = (root: YAMLMap.Parsed): readonly ParsedNode[] => {
  const config: unknown = root.get("config");
  return isMap(config) ? (config.items as Pair<ParsedNode>[]).map(({ key }) => key) : [];
};

/** Without a schema every scalar is the text that it is. */
const textOf = ({ value }: ScalarNode): string => (typeof value === "string" ? value : "");

const scalarOf = (node: ParsedNode): unknown =>
  isScalar(node) ? scalarValue(textOf(node), node.type === "PLAIN", node.tag) : node;

const CONTROL = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ud800-\udfff\ue000-\ufffd]|(?!^)\ufeff/;

/** Problems that YAML's parser describes in words of its own. */
const PROBLEMS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "the line is indented by a tab, which YAML does not allow; use spaces",
  BAD_ALIAS: "the alias refers to an anchor that is not defined before",
  UNEXPECTED_TOKEN: "this is not YAML: a character is where none can be",
};

const parserProblem = ({ code, message }: Document.Parsed["errors"][number]): string =>
  PROBLEMS[code] ?? message.replace(/ at line [^]*$/, "");

class Reader {
  private readonly open = new Set<ParsedNode>();
  /** What aliases refer to: the library looks through the whole document for it. */
  private readonly targets = new Map<ParsedNode, ParsedNode>();
  private values = 0;

  constructor(
    private readonly document: Document.Parsed,
    private readonly text: string,
    private readonly at: (offset: number, problem: string) => YamlError,
  ) {}

  value(node: ParsedNode | null): YamlValue {
    if (node === null) return null;
    this.values += 1;
    if (this.values > MOST_VALUES)
      throw this.error(node, "the file refers to too many values by aliases");
    if (isAlias(node)) return this.target(node, (target) => this.value(target));
    if (isScalar(node)) return this.scalar(node);
    return this.within(node, () =>
      isSeq(node) ? node.items.map((item) => this.value(item)) : this.record(node),
    );
  }

  private scalar(node: ScalarNode.Parsed): Scalar {
    const given = this.text.slice(node.range[0], node.range[1]);
    if (node.type === "QUOTE_DOUBLE" && /(?<!\\)(\\\\)*\\u[dD][89a-fA-F]/.test(given)) {
      throw this.error(
        node,
        "the string has half a character as an escape; write the character itself",
      );
    }
    try {
      const value = scalarValue(textOf(node), node.type === "PLAIN", node.tag);
      if (typeof value === "number" && !Number.isFinite(value)) {
        throw new ScalarError(
          `the value is ${given}, which is no number that Pulumi keeps; quote the text`,
        );
      }
      return value;
    } catch (error) {
      throw error instanceof ScalarError ? this.error(node, error.message) : error;
    }
  }

  /** Of a merge, what is given beside it wins, and the earlier of several maps. */
  private record(map: YAMLMap.Parsed): YamlRecord {
    const merged: YamlRecord[] = [];
    const own: [string, YamlValue][] = [];
    const seen = new Set<string>();
    for (const pair of map.items as readonly Pair<ParsedNode, ParsedNode | null>[]) {
      const text = isScalar(pair.key) ? textOf(pair.key) : undefined;
      if (text !== undefined && seen.size === seen.add(text).size) {
        throw this.error(pair.key, `the map has the key ${JSON.stringify(text)} a second time`);
      }
      if (text === "<<") merged.push(...this.merged(pair.key, pair.value));
      else own.push([this.key(pair.key), this.value(pair.value)]);
    }
    const members = [...merged.reverse().flatMap((record) => Object.entries(record)), ...own];
    return Object.fromEntries(members);
  }

  private merged(key: ParsedNode, node: ParsedNode | null): readonly YamlRecord[] {
    if (isAlias(node)) return this.target(node, (target) => this.merged(key, target));
    if (isMap(node)) return [this.within(node, () => this.record(node))];
    if (isSeq(node)) {
      return node.items.flatMap((item) => this.merged(key, item));
    }
    throw this.error(key, "the map merges with '<<' what is no map and no list of maps");
  }

  private key(node: ParsedNode): string {
    const value = this.value(node);
    if (typeof value === "number") return goFloat(value);
    if (typeof value !== "object") return String(value);
    if (value === null) return "<nil>";
    throw this.error(node, "the map has a list or a map as a key; put the key in quotes");
  }

  private target<T>(node: ParsedNode, use: (target: ParsedNode) => T): T {
    let target = this.targets.get(node);
    if (target === undefined) {
      target = isAlias(node) ? (node.resolve(this.document) as ParsedNode | undefined) : undefined;
      if (target === undefined) throw this.error(node, PROBLEMS.BAD_ALIAS ?? "");
      this.targets.set(node, target);
    }
    return use(target);
  }

  private within<T>(node: ParsedNode, use: () => T): T {
    if (this.open.has(node))
      throw this.error(node, "there is an alias inside the value it refers to");
    this.open.add(node);
    try {
      return use();
    } finally {
      this.open.delete(node);
    }
  }

  private error(node: ParsedNode, problem: string): YamlError {
    return this.at(node.range[0], problem);
  }
}

/** A float as Go's `%v` writes it. */
const goFloat = (value: number): string => {
  if (value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e21)) return String(value);
  return value.toExponential().replace(/e([-+])(\d)$/, "e$10$2");
};
