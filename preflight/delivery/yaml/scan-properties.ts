import { scannerError } from "./error";
import { END, isBlank, isBlankOrEnd, isDigit, isHex, isWord, type Reader } from "./reader";
import { skipToLineEnd } from "./scan-scalars";

/** The name of an anchor or an alias, after its `&` or `*`. */
export function scanAnchorName(reader: Reader): string {
  reader.skip();
  const name = scanWord(reader);
  if (name === "" || !(isBlankOrEnd(reader.peek()) || "?:,]}%@`".includes(reader.peek()))) {
    throw scannerError("did not find expected alphabetic or numeric character", reader.mark);
  }
  return name;
}

/** A tag: `!handle!suffix`, `!suffix` or `!<uri>`. An empty handle means the suffix is the tag. */
export function scanTag(reader: Reader): { readonly handle: string; readonly suffix: string } {
  const tag = scanTagText(reader);
  if (!isBlankOrEnd(reader.peek())) {
    throw scannerError("did not find expected whitespace or line break", reader.mark);
  }
  return tag;
}

function scanTagText(reader: Reader): { readonly handle: string; readonly suffix: string } {
  if (reader.peek(1) === "<") {
    reader.skip(2);
    const suffix = scanTagUri(reader, "");
    if (reader.peek() !== ">") throw scannerError("did not find the expected '>'", reader.mark);
    reader.skip();
    return { handle: "", suffix };
  }
  const handle = scanTagHandle(reader, false);
  if (handle.length > 1 && handle.endsWith("!")) {
    return { handle, suffix: scanTagUri(reader, "") };
  }
  const suffix = scanTagUri(reader, handle);
  // A lone `!` has neither: it is the tag itself.
  return suffix === "" ? { handle: "", suffix: "!" } : { handle: "!", suffix };
}

function scanTagHandle(reader: Reader, inDirective: boolean): string {
  if (reader.peek() !== "!") throw scannerError("did not find expected '!'", reader.mark);
  const handle = reader.read() + scanWord(reader);
  if (reader.peek() === "!") return handle + reader.read();
  if (inDirective && handle !== "!") {
    throw scannerError("did not find expected '!'", reader.mark);
  }
  return handle;
}

function scanTagUri(reader: Reader, head: string): string {
  const bytes: number[] = [];
  const append = (text: string) => bytes.push(...Buffer.from(text));
  append(head.slice(1));
  let found = head !== "";
  while (isWord(reader.peek()) || isUriCharacter(reader.peek())) {
    if (reader.peek() === "%") bytes.push(...scanUriEscapes(reader));
    else append(reader.read());
    found = true;
  }
  if (!found) throw scannerError("did not find expected tag URI", reader.mark);
  return Buffer.from(bytes).toString();
}

const isUriCharacter = (character: string): boolean =>
  character !== END && ";/?:@&=+$,.!~*'()[]%".includes(character);

/** One character as percent-escaped UTF-8. */
function scanUriEscapes(reader: Reader): readonly number[] {
  const bytes: number[] = [];
  let width = 1;
  while (bytes.length < width) {
    if (reader.peek() !== "%" || !isHex(reader.peek(1)) || !isHex(reader.peek(2))) {
      throw scannerError("did not find URI escaped octet", reader.mark);
    }
    const octet = parseInt(reader.peek(1) + reader.peek(2), 16);
    if (bytes.length === 0) {
      width = utf8Width(octet);
      if (width === 0) {
        throw scannerError("found an incorrect leading UTF-8 octet", reader.mark);
      }
    } else if ((octet & 0xc0) !== 0x80) {
      throw scannerError("found an incorrect trailing UTF-8 octet", reader.mark);
    }
    bytes.push(octet);
    reader.skip(3);
  }
  return bytes;
}

function utf8Width(octet: number): number {
  if ((octet & 0x80) === 0) return 1;
  if ((octet & 0xe0) === 0xc0) return 2;
  if ((octet & 0xf0) === 0xe0) return 3;
  return (octet & 0xf8) === 0xf0 ? 4 : 0;
}

export type Directive =
  | { readonly kind: "version-directive"; readonly major: number; readonly minor: number }
  | { readonly kind: "tag-directive"; readonly handle: string; readonly prefix: string };

/** A `%YAML` or `%TAG` line. */
export function scanDirective(reader: Reader): Directive {
  reader.skip();
  const name = scanWord(reader);
  if (name === "") throw scannerError("could not find expected directive name", reader.mark);
  if (!isBlankOrEnd(reader.peek())) {
    throw scannerError("found unexpected non-alphabetical character", reader.mark);
  }
  const directive = scanDirectiveValue(reader, name);
  skipToLineEnd(reader);
  return directive;
}

function scanDirectiveValue(reader: Reader, name: string): Directive {
  if (name === "YAML") {
    skipBlanks(reader);
    const major = scanVersionNumber(reader);
    if (reader.peek() !== ".") {
      throw scannerError("did not find expected digit or '.' character", reader.mark);
    }
    reader.skip();
    return { kind: "version-directive", major, minor: scanVersionNumber(reader) };
  }
  if (name === "TAG") {
    skipBlanks(reader);
    const handle = scanTagHandle(reader, true);
    if (!isBlank(reader.peek())) {
      throw scannerError("did not find expected whitespace", reader.mark);
    }
    skipBlanks(reader);
    const prefix = scanTagUri(reader, "");
    if (!isBlankOrEnd(reader.peek())) {
      throw scannerError("did not find expected whitespace or line break", reader.mark);
    }
    return { kind: "tag-directive", handle, prefix };
  }
  throw scannerError("found unknown directive name", reader.mark);
}

function scanVersionNumber(reader: Reader): number {
  let digits = "";
  while (isDigit(reader.peek())) {
    if (digits.length === 2) {
      throw scannerError("found extremely long version number", reader.mark);
    }
    digits += reader.read();
  }
  if (digits === "") throw scannerError("did not find expected version number", reader.mark);
  return Number(digits);
}

function scanWord(reader: Reader): string {
  let word = "";
  while (isWord(reader.peek())) word += reader.read();
  return word;
}

function skipBlanks(reader: Reader): void {
  while (isBlank(reader.peek())) reader.skip();
}
