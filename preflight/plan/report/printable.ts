/**
 * Characters that a terminal obeys instead of showing them, or that change how their neighbours are
 * shown: control characters, line and paragraph separators, marks of direction and other invisible
 * ones, halves of a surrogate pair. The joiners that scripts and emoji need stay.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}](?<![\u200c\u200d])/gu;

/** The same but for line feeds. */
const UNSAFE_IN_LINES = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}](?<![\n\u200c\u200d])/gu;

/**
 * What a runner of GitHub Actions takes for a command: `::` at the start of a line, after blanks or
 * not, and the older `##[` anywhere. Text can be wrapped at each blank.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const COMMAND = /(?<=^|\s):(?=:)|#(?=#\[)/g;

/**
 * A name or a message as one line that is safe on a terminal and in a CI log. What is not safe is
 * written as JSON does, `\n` or `\u202e`.
 */
export const printable = (text: string): string =>
  text.replace(UNSAFE, jsonEscape).replace(COMMAND, unicodeEscape);

/**
 * The same for text whose line breaks are meant. JSON text stays the same document: the characters
 * can only be inside its strings.
 */
export const printableLines = (text: string): string =>
  text
    .replaceAll("\r\n", "\n")
    .replace(UNSAFE_IN_LINES, jsonEscape)
    .replace(COMMAND, unicodeEscape);

/** A structure with every string in it made printable; keys are left alone. */
export function printableStrings<T>(value: T): T;
export function printableStrings(value: unknown): unknown {
  if (typeof value === "string") return printable(value);
  if (Array.isArray(value)) return value.map((item: unknown) => printableStrings(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, printableStrings(item)]),
  );
}

function jsonEscape(character: string): string {
  const short = JSON.stringify(character).slice(1, -1);
  return short === character ? unicodeEscape(character) : short;
}

/** One escape for each UTF-16 unit. */
export const unicodeEscape = (character: string): string =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
