/**
 * How Go writes text, where it differs from JavaScript. Strings are UTF-8 bytes there, so they
 * compare by code point and hold no lone surrogate.
 */

/** A byte string as Go reads it: each byte that is no valid UTF-8 becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return strict.decode(bytes);
  } catch {
    return decodeByCharacter(bytes, strict);
  }
}

function decodeByCharacter(bytes: Uint8Array, strict: TextDecoder): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const [character, width] = characterAt(bytes, at, strict);
    text += character;
    at += width;
  }
  return text;
}

function characterAt(bytes: Uint8Array, at: number, strict: TextDecoder): [string, number] {
  for (let width = 1; width <= 4; width += 1) {
    try {
      return [strict.decode(bytes.subarray(at, at + width)), width];
    } catch {
      // Incomplete or invalid so far: a longer sequence may be whole.
    }
  }
  return ["\u{FFFD}", 1];
}

/** A JavaScript string as Go can hold it. */
export const wellFormed = (text: string): string => text.replace(/[\uD800-\uDFFF]/gu, "\u{FFFD}");

/** Length in bytes, as `len` counts it. */
export const byteLength = (text: string): number => Buffer.byteLength(text);

/** Order of Go's strings: by bytes, which is by code point, and not by UTF-16 unit. */
export function compareText(left: string, right: string): number {
  return left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right));
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
};

/**
 * Text in double quotes, as `%q` writes it.
 *
 * @see https://pkg.go.dev/strconv#Quote
 */
export const quote = (text: string): string =>
  `"${[...wellFormed(text)].map((character) => (character === '"' ? '\\"' : escape(character))).join("")}"`;

/** A character in single quotes, as a JSON syntax error names it. */
export function quoteCharacter(character: string): string {
  if (character === "'") return "'\\''";
  return `'${character === '"' ? '"' : escape(character)}'`;
}

function escape(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (character === " " || (!/^[\p{C}\p{Z}]$/u.test(character) && code !== 0x7f)) return character;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

/** White space that `strings.TrimSpace` removes; unlike `String.trim`, U+FEFF is none, U+0085 is. */
export const trimSpace = (text: string): string =>
  text.replace(/^[\t-\r \u0085\p{Z}]+|[\t-\r \u0085\p{Z}]+$/gu, "");
