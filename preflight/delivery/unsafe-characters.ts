import { isAllowed } from "./yaml/reader";

/** A place in a text that the provider would not read as it stands. */
export interface UnsafeCharacter {
  /** Position in the text, in UTF-16 units. */
  readonly index: number;
  /** E.g. `U+0085`. */
  readonly character: string;
  /** `refused`: the mount fails. `changed`: another text arrives. */
  readonly effect: "refused" | "changed";
}

/**
 * Characters of a text that are not safe inside `objects`, even as a JSON string: the provider reads
 * it as YAML 1.1. `JSON.stringify` escapes control characters below U+0020 and lone surrogates, of
 * which YAML refuses the latter's escapes; it leaves all others as they are.
 *
 * @see https://yaml.org/spec/1.1/#c-printable
 */
export function findUnsafeCharacters(text: string): readonly UnsafeCharacter[] {
  const found: UnsafeCharacter[] = [];
  let index = 0;
  for (const character of text) {
    const effect = effectOf(character, text.slice(0, index), text.slice(index + character.length));
    if (effect !== undefined) found.push({ index, character: codePoint(character), effect });
    index += character.length;
  }
  return found;
}

function effectOf(
  character: string,
  before: string,
  after: string,
): UnsafeCharacter["effect"] | undefined {
  const code = character.codePointAt(0) ?? 0;
  // A line break: folded into a space, or with blank lines into others.
  if (code === 0x85) return "changed";
  if (code === 0x2028 || code === 0x2029) {
    // Line breaks that are kept, but what they do to the line around them is not harmless.
    if (/^(---|\.\.\.)[ \u0085\u2028\u2029]/.test(after)) return "refused";
    return before.endsWith(" ") || after.startsWith(" ") ? "changed" : undefined;
  }
  return code >= 0x20 && !isAllowed(code) ? "refused" : undefined;
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** A key of `objects` may be this long, quotes included; of a value, any length is fine. */
export const MAX_KEY_LENGTH = 1024;
