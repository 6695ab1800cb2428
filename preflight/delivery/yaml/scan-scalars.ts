import { scannerError } from "./error";
import {
  END,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isBreakOrEnd,
  isDigit,
  isHex,
  type Reader,
} from "./reader";

/** Where a scalar stands, as far as its scan depends on it. */
export interface ScalarContext {
  /** Column of the block collection around it; -1 outside all. */
  readonly indent: number;
  readonly inFlow: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "'": "'",
  "\\": "\\",
  N: "\u0085",
  _: "\u00a0",
  L: "\u2028",
  P: "\u2029",
};

const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** `---` and `...` at the start of a line end a plain scalar and are refused in a quoted one. */
export function atDocumentIndicator(reader: Reader): boolean {
  if (reader.mark.column !== 0) return false;
  const three = reader.peek() + reader.peek(1) + reader.peek(2);
  return (three === "---" || three === "...") && isBlankOrEnd(reader.peek(3));
}

/**
 * Line folding: one line break is a space, several are all but the first. LS and PS stay.
 *
 * @see https://yaml.org/spec/1.1/#id863975
 */
const fold = (first: string, rest: string): string =>
  first.startsWith("\n") ? (rest === "" ? " " : rest) : first + rest;

/**
 * A plain scalar. Returns whether it ended at the start of a line, after which a key may follow.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2.4.4/scannerc.go
 */
export function scanPlainScalar(
  reader: Reader,
  { indent, inFlow }: ScalarContext,
): { readonly value: string; readonly end: Reader["mark"]; readonly endedLine: boolean } {
  let value = "";
  let firstBreak = "";
  let otherBreaks = "";
  let blanks = "";
  let endedLine = false;
  let end = reader.mark;
  const endsHere = () =>
    (reader.peek() === ":" && isBlankOrEnd(reader.peek(1))) ||
    (inFlow && ",?[]{}".includes(reader.peek()));

  while (!atDocumentIndicator(reader) && reader.peek() !== "#") {
    while (!isBlankOrEnd(reader.peek()) && !endsHere()) {
      value += endedLine ? fold(firstBreak, otherBreaks) : blanks;
      [firstBreak, otherBreaks, blanks, endedLine] = ["", "", "", false];
      value += reader.read();
      end = reader.mark;
    }
    if (!isBlank(reader.peek()) && !isBreak(reader.peek())) break;
    while (isBlank(reader.peek()) || isBreak(reader.peek())) {
      if (isBreak(reader.peek())) {
        const lineBreak = reader.readBreak();
        if (endedLine) otherBreaks += lineBreak;
        else [blanks, firstBreak, endedLine] = ["", firstBreak + lineBreak, true];
        continue;
      }
      if (endedLine && reader.mark.column <= indent && reader.peek() === "\t") {
        throw scannerError("found a tab character that violates indentation", reader.mark);
      }
      const blank = reader.read();
      if (!endedLine) blanks += blank;
    }
    if (!inFlow && reader.mark.column <= indent) break;
  }
  return { value, end, endedLine };
}

/** A quoted scalar, from its opening to its closing quote. */
export function scanQuotedScalar(reader: Reader, quote: "'" | '"'): string {
  reader.skip();
  let value = "";
  for (;;) {
    if (atDocumentIndicator(reader)) {
      throw scannerError("found unexpected document indicator", reader.mark);
    }
    if (reader.peek() === END) throw scannerError("found unexpected end of stream", reader.mark);

    let endedLine = false;
    while (!isBlankOrEnd(reader.peek())) {
      if (quote === "'" && reader.peek() === "'" && reader.peek(1) === "'") {
        value += "'";
        reader.skip(2);
      } else if (reader.peek() === quote) {
        break;
      } else if (quote === '"' && reader.peek() === "\\") {
        if (isBreak(reader.peek(1))) {
          reader.skip();
          reader.readBreak();
          endedLine = true;
          break;
        }
        value += scanEscape(reader);
      } else {
        value += reader.read();
      }
    }
    if (reader.peek() === quote) break;
    value += scanQuotedBlanks(reader, endedLine);
  }
  reader.skip();
  return value;
}

function scanQuotedBlanks(reader: Reader, afterEscapedBreak: boolean): string {
  let blanks = "";
  let firstBreak = "";
  let otherBreaks = "";
  let endedLine = afterEscapedBreak;
  while (isBlank(reader.peek()) || isBreak(reader.peek())) {
    if (isBlank(reader.peek())) {
      const blank = reader.read();
      if (!endedLine) blanks += blank;
    } else if (endedLine) {
      otherBreaks += reader.readBreak();
    } else {
      [blanks, firstBreak, endedLine] = ["", reader.readBreak(), true];
    }
  }
  return endedLine ? fold(firstBreak, otherBreaks) : blanks;
}

function scanEscape(reader: Reader): string {
  const letter = reader.peek(1);
  const length = HEX_LENGTH[letter];
  if (length === undefined) {
    const meaning = ESCAPES[letter];
    if (meaning === undefined) throw scannerError("found unknown escape character", reader.mark);
    reader.skip(2);
    return meaning;
  }
  reader.skip(2);
  let digits = "";
  for (let at = 0; at < length; at += 1) {
    if (!isHex(reader.peek(at))) {
      throw scannerError("did not find expected hexdecimal number", reader.mark);
    }
    digits += reader.peek(at);
  }
  const code = parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw scannerError("found invalid Unicode character escape code", reader.mark);
  }
  reader.skip(length);
  return String.fromCodePoint(code);
}

/** A block scalar, from its `|` or `>` to the first line that is indented less. */
export function scanBlockScalar(
  reader: Reader,
  style: "literal" | "folded",
  parentIndent: number,
): string {
  reader.skip();
  const { chomping, increment } = scanBlockHeader(reader);
  let indent = increment === 0 ? 0 : Math.max(parentIndent, 0) + increment;
  let value = "";
  let lineBreak = "";
  let afterBlank = false;
  let breaks = "";
  const scanBreaks = () => {
    const found = scanBlockBreaks(reader, indent);
    breaks = found.breaks;
    if (indent === 0) indent = Math.max(found.widest, parentIndent + 1, 1);
  };

  scanBreaks();
  while (reader.mark.column === indent && reader.peek() !== END) {
    const blank = isBlank(reader.peek());
    const folds = style === "folded" && !afterBlank && !blank && lineBreak.startsWith("\n");
    value += folds ? (breaks === "" ? " " : breaks) : lineBreak + breaks;
    afterBlank = blank;
    while (!isBreakOrEnd(reader.peek())) value += reader.read();
    lineBreak = isBreak(reader.peek()) ? reader.readBreak() : "";
    scanBreaks();
  }
  if (chomping !== "-") value += lineBreak;
  return chomping === "+" ? value + breaks : value;
}

function scanBlockHeader(reader: Reader): {
  readonly chomping: "" | "+" | "-";
  readonly increment: number;
} {
  const before = scanChomping(reader);
  const increment = scanIncrement(reader);
  const chomping = before === "" ? scanChomping(reader) : before;
  skipToLineEnd(reader);
  return { chomping, increment };
}

function scanChomping(reader: Reader): "" | "+" | "-" {
  const sign = reader.peek();
  if (sign !== "+" && sign !== "-") return "";
  reader.skip();
  return sign;
}

function scanIncrement(reader: Reader): number {
  if (!isDigit(reader.peek())) return 0;
  if (reader.peek() === "0") {
    throw scannerError("found an indentation indicator equal to 0", reader.mark);
  }
  return Number(reader.read());
}

/** What is left of a line after a header or a directive: blanks, a comment, the line break. */
export function skipToLineEnd(reader: Reader): void {
  while (isBlank(reader.peek())) reader.skip();
  if (reader.peek() === "#") while (!isBreakOrEnd(reader.peek())) reader.skip();
  if (!isBreakOrEnd(reader.peek())) {
    throw scannerError("did not find expected comment or line break", reader.mark);
  }
  if (isBreak(reader.peek())) reader.readBreak();
}

/** The empty lines before a line of the block, and how far the widest of them is indented. */
function scanBlockBreaks(
  reader: Reader,
  indent: number,
): { readonly breaks: string; readonly widest: number } {
  let breaks = "";
  let widest = 0;
  const inIndentation = () => indent === 0 || reader.mark.column < indent;
  for (;;) {
    while (inIndentation() && reader.peek() === " ") reader.skip();
    widest = Math.max(widest, reader.mark.column);
    if (inIndentation() && reader.peek() === "\t") {
      throw scannerError(
        "found a tab character where an indentation space is expected",
        reader.mark,
      );
    }
    if (!isBreak(reader.peek())) return { breaks, widest };
    breaks += reader.readBreak();
  }
}
