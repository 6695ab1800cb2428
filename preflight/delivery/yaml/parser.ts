import { type Mark, parserError, YamlError } from "./error";
import { Scanner } from "./scanner";
import type { Token } from "./tokens";

/** A node of a document, before its scalars get a meaning. */
export type YamlNode =
  | { readonly kind: "alias"; readonly name: string; readonly target: YamlNode }
  | {
      readonly kind: "scalar";
      readonly value: string;
      /** Full tag, e.g. `tag:yaml.org,2002:str`; empty without one. */
      readonly tag: string;
      /** Written plain: the text decides the type. */
      readonly plain: boolean;
    }
  | { readonly kind: "sequence"; readonly items: YamlNode[] }
  | { readonly kind: "mapping"; readonly pairs: (readonly [YamlNode, YamlNode])[] };

const STANDARD_TAGS = "tag:yaml.org,2002:";

/**
 * The root of the first document, or `undefined` if there is none. What follows the first document
 * is not read.
 *
 * @throws YamlError
 * @see https://github.com/yaml/go-yaml/blob/v2.4.4/parserc.go
 */
export function parseYaml(text: string): YamlNode | undefined {
  // An empty input is parsed as an empty line.
  return new Parser(text === "" ? "\n" : text).document();
}

class Parser {
  private readonly tokens: Scanner;
  private readonly anchors = new Map<string, YamlNode>();
  private readonly tagHandles = new Map<string, string>();

  constructor(text: string) {
    this.tokens = new Scanner(text);
  }

  document(): YamlNode | undefined {
    this.tokens.take();
    const first = this.tokens.peek();
    if (first.kind === "stream-end") return undefined;
    const explicit =
      first.kind === "document-start" ||
      first.kind === "version-directive" ||
      first.kind === "tag-directive";
    this.directives();
    if (explicit) this.documentStart();
    const root = explicit && this.atDocumentEnd() ? empty : this.node("block");
    // The parser looks one token past the document, and fails if that is none.
    this.tokens.peek();
    return root;
  }

  private documentStart(): void {
    const token = this.tokens.peek();
    if (token.kind !== "document-start") {
      throw parserError("did not find expected <document start>", token.start);
    }
    this.tokens.take();
  }

  private atDocumentEnd(): boolean {
    return [
      "version-directive",
      "tag-directive",
      "document-start",
      "document-end",
      "stream-end",
    ].includes(this.tokens.peek().kind);
  }

  private directives(): void {
    let versions = 0;
    for (let token = this.tokens.peek(); ; token = this.tokens.peek()) {
      if (token.kind === "version-directive") {
        if (versions > 0) throw parserError("found duplicate %YAML directive", token.start);
        if (token.major !== 1 || token.minor !== 1) {
          throw parserError("found incompatible YAML document", token.start);
        }
        versions += 1;
      } else if (token.kind === "tag-directive") {
        if (this.tagHandles.has(token.handle)) {
          throw parserError("found duplicate %TAG directive", token.start);
        }
        this.tagHandles.set(token.handle, token.prefix);
      } else {
        break;
      }
      this.tokens.take();
    }
    if (!this.tagHandles.has("!")) this.tagHandles.set("!", "!");
    if (!this.tagHandles.has("!!")) this.tagHandles.set("!!", STANDARD_TAGS);
  }

  private node(place: "block" | "flow", mayBeIndentless = false): YamlNode {
    const token = this.tokens.peek();
    const { start } = token;
    if (token.kind === "alias") {
      this.tokens.take();
      const target = this.anchors.get(token.name);
      if (target === undefined) throw new YamlError(`unknown anchor '${token.name}' referenced`);
      return { kind: "alias", name: token.name, target };
    }
    const { anchor, tag } = this.properties(start);
    const node = this.content(place, mayBeIndentless, tag, anchor !== undefined, start);
    if (anchor !== undefined) this.anchors.set(anchor, node);
    // An anchor is known inside its own collection, so the entries are read after it.
    if (node.kind === "sequence" || node.kind === "mapping") this.entries(node);
    return node;
  }

  private properties(start: Mark): { readonly anchor?: string; readonly tag: string } {
    let anchor: string | undefined;
    let tag: { readonly handle: string; readonly suffix: string; readonly start: Mark } | undefined;
    for (let token = this.tokens.peek(); ; token = this.tokens.peek()) {
      if (token.kind === "anchor" && anchor === undefined) anchor = token.name;
      else if (token.kind === "tag" && tag === undefined) tag = token;
      else break;
      this.tokens.take();
    }
    if (tag === undefined) return { ...(anchor !== undefined && { anchor }), tag: "" };
    const prefix = tag.handle === "" ? "" : this.tagHandles.get(tag.handle);
    if (prefix === undefined || prefix + tag.suffix === "") {
      throw parserError("found undefined tag handle", tag.start, start);
    }
    return { ...(anchor !== undefined && { anchor }), tag: prefix + tag.suffix };
  }

  /** The node at hand; collections are returned before their first entry is read. */
  private content(
    place: "block" | "flow",
    mayBeIndentless: boolean,
    tag: string,
    anchored: boolean,
    start: Mark,
  ): YamlNode {
    const token = this.tokens.peek();
    switch (token.kind) {
      case "scalar": {
        this.tokens.take();
        const plain = (tag === "" && token.style === "plain") || tag === "!";
        return { kind: "scalar", value: token.value, tag, plain };
      }
      case "block-entry":
        if (mayBeIndentless) return { kind: "sequence", items: [] };
        break;
      case "flow-sequence-start":
        return { kind: "sequence", items: [] };
      case "flow-mapping-start":
        return { kind: "mapping", pairs: [] };
      case "block-sequence-start":
        if (place === "block") return { kind: "sequence", items: [] };
        break;
      case "block-mapping-start":
        if (place === "block") return { kind: "mapping", pairs: [] };
        break;
      default:
    }
    if (anchored || tag !== "") return { kind: "scalar", value: "", tag, plain: tag === "" };
    throw parserError("did not find expected node content", token.start, start);
  }

  private entries(node: YamlNode): void {
    const { kind } = this.tokens.peek();
    if (node.kind === "sequence") {
      if (kind === "block-entry") this.indentlessSequence(node.items);
      else if (kind === "block-sequence-start") this.blockSequence(node.items);
      else this.flowSequence(node.items);
    } else if (node.kind === "mapping") {
      if (kind === "block-mapping-start") this.blockMapping(node.pairs);
      else this.flowMapping(node.pairs);
    }
  }

  private blockSequence(items: YamlNode[]): void {
    const { start } = this.tokens.take();
    for (;;) {
      const token = this.tokens.take();
      if (token.kind === "block-end") return;
      if (token.kind !== "block-entry") {
        throw parserError("did not find expected '-' indicator", token.start, start);
      }
      items.push(this.nextIs("block-entry", "block-end") ? empty : this.node("block"));
    }
  }

  private indentlessSequence(items: YamlNode[]): void {
    while (this.nextIs("block-entry")) {
      this.tokens.take();
      const none = this.nextIs("block-entry", "key", "value", "block-end");
      items.push(none ? empty : this.node("block"));
    }
  }

  private blockMapping(pairs: (readonly [YamlNode, YamlNode])[]): void {
    const { start } = this.tokens.take();
    const part = () =>
      this.nextIs("key", "value", "block-end") ? empty : this.node("block", true);
    for (;;) {
      const token = this.tokens.take();
      if (token.kind === "block-end") return;
      if (token.kind !== "key") {
        throw parserError("did not find expected key", token.start, start);
      }
      const key = part();
      if (!this.nextIs("value")) {
        pairs.push([key, empty]);
        continue;
      }
      this.tokens.take();
      pairs.push([key, part()]);
    }
  }

  private flowSequence(items: YamlNode[]): void {
    const { start } = this.tokens.take();
    for (let first = true; !this.nextIs("flow-sequence-end"); first = false) {
      if (!first) this.flowEntry("did not find expected ',' or ']'", start);
      if (this.nextIs("flow-sequence-end")) break;
      if (!this.nextIs("key")) {
        items.push(this.node("flow"));
        continue;
      }
      this.tokens.take();
      // `[key: value]` is a sequence that holds a mapping of one pair.
      items.push({ kind: "mapping", pairs: [this.singlePair()] });
    }
    this.tokens.take();
  }

  private singlePair(): readonly [YamlNode, YamlNode] {
    let key: YamlNode = empty;
    if (this.nextIs("value", "flow-entry", "flow-sequence-end")) {
      // The original consumes the token after a missing key, whatever it is.
      this.tokens.take();
    } else {
      key = this.node("flow");
    }
    if (!this.nextIs("value")) return [key, empty];
    this.tokens.take();
    return [key, this.nextIs("flow-entry", "flow-sequence-end") ? empty : this.node("flow")];
  }

  private flowMapping(pairs: (readonly [YamlNode, YamlNode])[]): void {
    const { start } = this.tokens.take();
    for (let first = true; !this.nextIs("flow-mapping-end"); first = false) {
      if (!first) this.flowEntry("did not find expected ',' or '}'", start);
      if (this.nextIs("flow-mapping-end")) break;
      if (!this.nextIs("key")) {
        pairs.push([this.node("flow"), empty]);
        continue;
      }
      this.tokens.take();
      const none = this.nextIs("value", "flow-entry", "flow-mapping-end");
      const key = none ? empty : this.node("flow");
      if (!this.nextIs("value")) {
        pairs.push([key, empty]);
        continue;
      }
      this.tokens.take();
      const value = this.nextIs("flow-entry", "flow-mapping-end") ? empty : this.node("flow");
      pairs.push([key, value]);
    }
    this.tokens.take();
  }

  private flowEntry(problem: string, start: Mark): void {
    const token = this.tokens.peek();
    if (token.kind !== "flow-entry") throw parserError(problem, token.start, start);
    this.tokens.take();
  }

  private nextIs(...kinds: readonly Token["kind"][]): boolean {
    return kinds.includes(this.tokens.peek().kind);
  }
}

const empty: YamlNode = { kind: "scalar", value: "", tag: "", plain: true };
