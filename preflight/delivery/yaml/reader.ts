import { type Mark, YamlError } from "./error";

/** What a read beyond the last character gives; no document can hold it. */
export const END = "\0";

/** The parser fills its buffer 512 bytes at a time, and checks every character of a fill. */
const FILL_BYTES = 512;

const BOM = "\u{FEFF}";

/**
 * The characters of a document, with the position of the parser in it. A character that YAML 1.1
 * does not allow is refused when the fill that holds it is read, so a syntax error more than a fill
 * before it is reported first.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2.4.4/readerc.go
 */
export class Reader {
  private readonly characters: readonly string[];
  private readonly startsWithBom: boolean;
  private checked = 0;
  private position = 0;
  private line = 0;
  private column = 0;
  private index = 0;

  constructor(text: string) {
    // The first byte order mark only says how the text is encoded.
    this.characters = [...(text.startsWith(BOM) ? text.slice(BOM.length) : text)];
    this.startsWithBom = this.characters[0] === BOM;
  }

  get mark(): Mark {
    return { index: this.index, line: this.line, column: this.column };
  }

  /** The character `ahead` of the position, which is not consumed. */
  peek(ahead = 0): string {
    const at = this.position + ahead;
    while (at >= this.checked && this.checked < this.characters.length) this.fill();
    return this.characters[at] ?? END;
  }

  /** Consumes characters that are no line breaks. */
  skip(count = 1): void {
    this.position += count;
    this.index += count;
    this.column += count;
  }

  /** Consumes a character that is no line break, and returns it. */
  read(): string {
    const character = this.peek();
    this.skip();
    return character;
  }

  /** Consumes a line break and returns it as the parser keeps it: all but LS and PS become LF. */
  readBreak(): string {
    const first = this.peek();
    const width = first === "\r" && this.peek(1) === "\n" ? 2 : 1;
    this.position += width;
    this.index += width;
    this.column = 0;
    this.line += 1;
    return first === "\u2028" || first === "\u2029" ? first : "\n";
  }

  /** The end of the document counts as the start of a new line. */
  endLine(): void {
    if (this.column === 0) return;
    this.column = 0;
    this.line += 1;
  }

  /** Go's port looks for a byte order mark at the start of its buffer, not at the position. */
  skipBomAtLineStart(): void {
    if (this.column === 0 && this.startsWithBom && this.peek() !== END) this.skip();
  }

  private fill(): void {
    let bytes = 0;
    while (this.checked < this.characters.length) {
      const character = this.characters[this.checked] ?? END;
      bytes += Buffer.byteLength(character);
      if (bytes > FILL_BYTES) return;
      if (!isAllowed(character.codePointAt(0) ?? 0)) {
        throw new YamlError("control characters are not allowed");
      }
      this.checked += 1;
    }
  }
}

/**
 * Whether a document may hold the character as it is.
 *
 * @see https://yaml.org/spec/1.1/#c-printable
 */
export function isAllowed(code: number): boolean {
  return (
    code === 0x09 ||
    code === 0x0a ||
    code === 0x0d ||
    (code >= 0x20 && code <= 0x7e) ||
    code === 0x85 ||
    (code >= 0xa0 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

export const isBreak = (character: string): boolean =>
  character === "\n" ||
  character === "\r" ||
  character === "\u0085" ||
  character === "\u2028" ||
  character === "\u2029";

export const isBlank = (character: string): boolean => character === " " || character === "\t";

export const isBreakOrEnd = (character: string): boolean => isBreak(character) || character === END;

export const isBlankOrEnd = (character: string): boolean =>
  isBlank(character) || isBreakOrEnd(character);

/** Letters, digits, `_` and `-`: what anchors, directives and tag handles are made of. */
export const isWord = (character: string): boolean => /^[0-9A-Za-z_-]$/.test(character);

export const isDigit = (character: string): boolean => /^[0-9]$/.test(character);

export const isHex = (character: string): boolean => /^[0-9A-Fa-f]$/.test(character);
