import { type Mark, scannerError } from "./error";
import { END, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, Reader } from "./reader";
import { scanAnchorName, scanDirective, scanTag } from "./scan-properties";
import {
  atDocumentIndicator,
  scanBlockScalar,
  scanPlainScalar,
  scanQuotedScalar,
} from "./scan-scalars";
import { SimpleKeys } from "./simple-keys";
import type { Indicator, Token } from "./tokens";

const MAX_DEPTH = 10_000;

/**
 * The tokens of a document. Two things make this more than splitting text: indentation opens and
 * closes block collections, and a key is known as a key only at its `:`, so tokens wait until it
 * is settled whether a key token goes before them.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2.4.4/scannerc.go
 */
export class Scanner {
  private readonly reader: Reader;
  private readonly queue: Token[] = [];
  private readonly indents: number[] = [];
  private readonly keys: SimpleKeys;
  private taken = 0;
  private indent = -1;
  private keyAllowed = true;

  constructor(text: string) {
    this.reader = new Reader(text);
    this.keys = new SimpleKeys(this.reader);
    const { mark } = this.reader;
    this.queue.push({ kind: "stream-start", start: mark, end: mark });
  }

  /** The next token, which is not taken. */
  peek(): Token {
    while (this.queue.length === 0 || this.keys.mayBecomeKey(this.taken)) this.fetch();
    const token = this.queue[0];
    if (token === undefined) throw new Error("a token was fetched, yet there is none");
    return token;
  }

  take(): Token {
    const token = this.peek();
    this.queue.shift();
    this.taken += 1;
    return token;
  }

  private get inFlow(): boolean {
    return this.keys.flowDepth > 0;
  }

  private fetch(): void {
    this.skipToToken();
    this.unrollIndent(this.reader.mark.column);
    const character = this.reader.peek();
    if (character === END) return this.fetchStreamEnd();
    if (this.reader.mark.column === 0 && character === "%") return this.fetchDirective();
    if (atDocumentIndicator(this.reader)) return this.fetchDocumentIndicator(character);

    const spaced = isBlankOrEnd(this.reader.peek(1));
    switch (character) {
      case "[":
        return this.fetchFlowStart("flow-sequence-start");
      case "{":
        return this.fetchFlowStart("flow-mapping-start");
      case "]":
        return this.fetchFlowEnd("flow-sequence-end");
      case "}":
        return this.fetchFlowEnd("flow-mapping-end");
      case ",":
        this.keys.remove();
        this.keyAllowed = true;
        return this.pushIndicator("flow-entry");
      case "-":
        if (spaced) return this.fetchBlockEntry();
        break;
      case "?":
        if (this.inFlow || spaced) return this.fetchKey();
        break;
      case ":":
        if (this.inFlow || spaced) return this.fetchValue();
        break;
      case "*":
      case "&":
        return this.fetchToken(() => {
          const kind = character === "*" ? ("alias" as const) : ("anchor" as const);
          return { kind, name: scanAnchorName(this.reader) };
        });
      case "!":
        return this.fetchToken(() => ({ kind: "tag" as const, ...scanTag(this.reader) }));
      case "|":
      case ">":
        if (!this.inFlow) return this.fetchBlockScalar(character);
        break;
      case "'":
      case '"':
        return this.fetchToken(() => ({
          kind: "scalar" as const,
          value: scanQuotedScalar(this.reader, character),
          style: character === "'" ? ("single" as const) : ("double" as const),
        }));
    }
    if (this.startsPlainScalar(character)) return this.fetchPlainScalar();
    throw scannerError("found character that cannot start any token", this.reader.mark);
  }

  private startsPlainScalar(character: string): boolean {
    if (!isBlankOrEnd(character) && !"-?:,[]{}#&*!|>'\"%@`".includes(character)) return true;
    if (character === "-") return !isBlank(this.reader.peek(1));
    return "?:".includes(character) && !this.inFlow && !isBlankOrEnd(this.reader.peek(1));
  }

  private skipToToken(): void {
    const { reader } = this;
    for (;;) {
      reader.skipBomAtLineStart();
      // A tab cannot be indentation, so it is skipped only where no block collection can start.
      while (
        reader.peek() === " " ||
        ((this.inFlow || !this.keyAllowed) && reader.peek() === "\t")
      ) {
        reader.skip();
      }
      if (reader.peek() === "#") while (!isBreakOrEnd(reader.peek())) reader.skip();
      if (!isBreak(reader.peek())) return;
      reader.readBreak();
      if (!this.inFlow) this.keyAllowed = true;
    }
  }

  private fetchStreamEnd(): void {
    this.reader.endLine();
    this.unrollIndent(-1);
    this.keys.remove();
    this.keyAllowed = false;
    this.pushIndicator("stream-end", 0);
  }

  private fetchDirective(): void {
    this.unrollIndent(-1);
    this.keys.remove();
    this.keyAllowed = false;
    this.push(() => scanDirective(this.reader));
  }

  private fetchDocumentIndicator(character: string): void {
    this.unrollIndent(-1);
    this.keys.remove();
    this.keyAllowed = false;
    this.pushIndicator(character === "-" ? "document-start" : "document-end", 3);
  }

  private fetchFlowStart(kind: Indicator): void {
    this.saveKey();
    this.keys.enterFlow(this.nextToken);
    if (this.keys.flowDepth > MAX_DEPTH) this.refuseDepth();
    this.keyAllowed = true;
    this.pushIndicator(kind);
  }

  private fetchFlowEnd(kind: Indicator): void {
    this.keys.remove();
    this.keys.leaveFlow();
    this.keyAllowed = false;
    this.pushIndicator(kind);
  }

  private fetchBlockEntry(): void {
    if (!this.inFlow) {
      this.requireKeyAllowed("block sequence entries are not allowed in this context");
      this.rollIndent("block-sequence-start", this.reader.mark);
    }
    this.keys.remove();
    this.keyAllowed = true;
    this.pushIndicator("block-entry");
  }

  private fetchKey(): void {
    if (!this.inFlow) {
      this.requireKeyAllowed("mapping keys are not allowed in this context");
      this.rollIndent("block-mapping-start", this.reader.mark);
    }
    this.keys.remove();
    this.keyAllowed = !this.inFlow;
    this.pushIndicator("key");
  }

  private fetchValue(): void {
    const key = this.keys.take();
    if (key !== undefined) {
      const at = key.token - this.taken;
      this.queue.splice(at, 0, { kind: "key", start: key.mark, end: key.mark });
      this.rollIndent("block-mapping-start", key.mark, at);
      this.keyAllowed = false;
    } else {
      if (!this.inFlow) {
        this.requireKeyAllowed("mapping values are not allowed in this context");
        this.rollIndent("block-mapping-start", this.reader.mark);
      }
      this.keyAllowed = !this.inFlow;
    }
    this.pushIndicator("value");
  }

  private fetchToken(scan: () => Content): void {
    this.saveKey();
    this.keyAllowed = false;
    this.push(scan);
  }

  private fetchBlockScalar(character: "|" | ">"): void {
    this.keys.remove();
    this.keyAllowed = true;
    const style = character === "|" ? ("literal" as const) : ("folded" as const);
    this.push(() => {
      const value = scanBlockScalar(this.reader, style, this.indent);
      return { kind: "scalar", value, style };
    });
  }

  private fetchPlainScalar(): void {
    this.saveKey();
    this.keyAllowed = false;
    const start = this.reader.mark;
    const { indent, inFlow } = this;
    const { value, end, endedLine } = scanPlainScalar(this.reader, { indent, inFlow });
    this.queue.push({ kind: "scalar", value, style: "plain", start, end });
    if (endedLine) this.keyAllowed = true;
  }

  private requireKeyAllowed(problem: string): void {
    if (!this.keyAllowed) throw scannerError(problem, this.reader.mark);
  }

  private get nextToken(): number {
    return this.taken + this.queue.length;
  }

  private saveKey(): void {
    if (!this.keyAllowed) return;
    const required = !this.inFlow && this.indent === this.reader.mark.column;
    this.keys.save(this.nextToken, required);
  }

  private refuseDepth(): never {
    throw scannerError(`exceeded max depth of ${MAX_DEPTH}`, this.reader.mark);
  }

  private rollIndent(kind: Indicator, mark: Mark, at = this.queue.length): void {
    if (this.inFlow || this.indent >= mark.column) return;
    this.indents.push(this.indent);
    this.indent = mark.column;
    if (this.indents.length > MAX_DEPTH) this.refuseDepth();
    this.queue.splice(at, 0, { kind, start: mark, end: mark });
  }

  private unrollIndent(column: number): void {
    if (this.inFlow) return;
    while (this.indent > column) {
      this.pushIndicator("block-end", 0);
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private pushIndicator(kind: Indicator, width = 1): void {
    const start = this.reader.mark;
    this.reader.skip(width);
    this.queue.push({ kind, start, end: this.reader.mark });
  }

  private push(scan: () => Content): void {
    const start = this.reader.mark;
    const content = scan();
    this.queue.push({ ...content, start, end: this.reader.mark });
  }
}

/** A token without its place. */
type Content = Token extends infer T ? (T extends Token ? Omit<T, "start" | "end"> : never) : never;
