import { unicodeEscape } from "../printable";

/** Markup that is safe to put into the page as it is. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What a template takes. Text is escaped, nothing is left out, lists are put one after another. */
export type Part = string | number | Html | undefined | readonly Part[];

/** A piece of HTML. Whatever is put into it is escaped, unless it is a piece itself. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(
    withoutIndent(strings).reduce(
      (before, after, index) => before + markup(parts[index - 1]) + after,
    ),
  );

const known = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The indent of templates would be a third of the page. */
function withoutIndent(strings: TemplateStringsArray): readonly string[] {
  const lean = known.get(strings) ?? strings.map((text) => text.replace(/\s*\n\s*/g, "\n"));
  known.set(strings, lean);
  return lean;
}

function markup(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number" || part instanceof Html) return part.toString();
  return part.map(markup).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Characters that are not shown, or that change how their neighbours are shown: control characters,
 * marks of direction, halves of a surrogate pair. Line breaks stay, and the joiners of scripts.
 */
const UNSEEN = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Safe between tags and within a quoted attribute; what cannot be seen is written as JSON does. */
const escaped = (text: string): string =>
  text.replace(UNSEEN, unicodeEscape).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
