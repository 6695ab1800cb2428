/** A text that is no ASN.1, or another than was expected, in the words of Go's `encoding/asn1`. */
export class DerError extends Error {
  constructor(problem: string) {
    super(`asn1: ${problem}`);
    this.name = "DerError";
  }
}

export const INTEGER = 2;
export const OCTETS = 4;
export const OBJECT_ID = 6;
export const SEQUENCE = 16;

export interface Element {
  readonly class: number;
  readonly compound: boolean;
  readonly tag: number;
  readonly content: Buffer;
}

/** The elements that stand one after the other in a text, read as they are asked for. */
export class DerReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  /**
   * The next element, which must have this universal tag; `type` is the name of what it is read into.
   *
   * @throws DerError
   */
  take(tag: number, type: string): Element {
    return this.next(({ class: kind, compound, tag: found, length, end }) => {
      if (kind === 0 && found === tag && compound === (tag === SEQUENCE)) return;
      const element = `{class:${kind} tag:${found} length:${length} isCompound:${compound}}`;
      throw new DerError(
        `structure error: tags don't match (${tag} vs ${element}) ${NO_PARAMETERS} ${type} @${this.at + end}`,
      );
    });
  }

  /** The next element, whatever it is. */
  any(): Element {
    return this.next(() => undefined);
  }

  /** The next element if it has this tag; context-specific ones have the class 2. */
  takeIf(tag: number, kind: number): Element | undefined {
    if (this.isAtEnd) return undefined;
    const header = readHeader(this.bytes.subarray(this.at));
    if (typeof header === "string" || header.class !== kind || header.tag !== tag) return undefined;
    return this.any();
  }

  /** What the element with the explicit tag 0 holds, which may be left out. */
  explicit(): Buffer | undefined {
    if (this.isAtEnd) return undefined;
    const header = readHeader(this.bytes.subarray(this.at));
    if (typeof header === "string") throw new DerError(header);
    if (this.at + header.end === this.bytes.length) {
      throw new DerError("structure error: explicit tag has no child");
    }
    return this.takeIf(0, 2)?.content;
  }

  private next(check: (header: Header) => void): Element {
    if (this.isAtEnd) throw new DerError("syntax error: sequence truncated");
    const rest = this.bytes.subarray(this.at);
    const header = readHeader(rest);
    if (typeof header === "string") throw new DerError(header);
    check(header);
    const { length, end, class: kind, compound, tag } = header;
    if (length > rest.length - end) throw new DerError("syntax error: data truncated");
    this.at += end + length;
    return { class: kind, compound, tag, content: rest.subarray(end, end + length) };
  }
}

/** An object identifier in dots. */
export function objectId(content: Buffer): string {
  const parts: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    const first = Math.min(2, Math.floor(value / 40));
    parts.push(...(parts.length === 0 ? [first, value - 40 * first] : [value]));
    value = 0;
  }
  return parts.join(".");
}

const TRUNCATED = "syntax error: truncated tag or length";
const NO_PARAMETERS =
  "{optional:false explicit:false application:false private:false defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}";

interface Header {
  readonly class: number;
  readonly compound: boolean;
  readonly tag: number;
  readonly length: number;
  readonly end: number;
}

/** Class, tag and length at the start, in ASN.1's distinguished encoding. */
function readHeader(bytes: Uint8Array): Header | string {
  const first = bytes[0] ?? 0;
  const tag = readTag(bytes, first & 0x1f);
  if (typeof tag === "string") return tag;
  const size = readLength(bytes, tag.end);
  if (typeof size === "string") return size;
  return { class: first >> 6, compound: (first & 0x20) !== 0, tag: tag.value, ...size };
}

function readTag(
  bytes: Uint8Array,
  low: number,
): { readonly value: number; readonly end: number } | string {
  if (low !== 0x1f) return { value: low, end: 1 };
  let value = 0;
  for (let at = 1; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (at === 6) return "structure error: base 128 integer too large";
    value = value * 128 + (byte & 0x7f);
    if (at === 1 && byte === 0x80) return "syntax error: integer is not minimally encoded";
    if ((byte & 0x80) !== 0) continue;
    if (value > 0x7fffffff) return "structure error: base 128 integer too large";
    return value < 0x1f ? "syntax error: non-minimal tag" : { value, end: at + 1 };
  }
  return "syntax error: truncated base 128 integer";
}

function readLength(
  bytes: Uint8Array,
  at: number,
): { readonly length: number; readonly end: number } | string {
  const first = bytes[at];
  if (first === undefined) return TRUNCATED;
  if ((first & 0x80) === 0) return { length: first, end: at + 1 };
  const count = first & 0x7f;
  if (count === 0) return "syntax error: indefinite length found (not DER)";
  let length = 0;
  for (let read = 1; read <= count; read += 1) {
    const byte = bytes[at + read];
    if (byte === undefined) return TRUNCATED;
    if (length >= 0x800000) return "structure error: length too large";
    length = length * 256 + byte;
    if (length === 0) return "structure error: superfluous leading zeros in length";
  }
  if (length < 0x80) return "structure error: non-minimal length";
  return { length, end: at + 1 + count };
}
