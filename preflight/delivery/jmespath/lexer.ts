import { type Json, parseJson } from "../go/json";

/** An expression that the provider's JMESPath library does not accept, or cannot evaluate. */
export class JmesPathError extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = "JmesPathError";
  }
}

/** An expression on which the library panics, and the provider's process with it. */
export class JmesPathCrash extends JmesPathError {}

export interface Token {
  /** `name`, `quoted`, `literal`, `number`, `end`, or the symbol itself. */
  readonly kind: string;
  /** Empty unless it is `name` or `quoted`. */
  readonly name: string;
  /** A number is whole; null unless it is `number` or `literal`. */
  readonly value: Json;
}

export const END: Token = { kind: "end", name: "", value: null };

const token = (kind: string, name: string, value: Json): Token => ({ kind, name, value });

/** What may come next, the first that matches, and the token that is made of its group. */
const KINDS: readonly (readonly [RegExp, (text: string) => Token | undefined])[] = [
  [/[ \t\n\r]+/y, () => undefined],
  [/([A-Za-z_]\w*)/y, (name) => token("name", name, null)],
  [/(-\d*|\d+)/y, (digits) => token("number", "", integer(digits))],
  [/"((?:\\.|[^"\\])*)"/sy, (quoted) => token("quoted", text(json(`"${quoted}"`)), null)],
  [/`((?:\\.|[^`\\])*)`/sy, (source) => token("literal", "", json(source.replaceAll("\\`", "`")))],
  // Only the quote itself can be escaped, and a backslash before it always does so.
  [/'(.*?)(?<!\\)'/sy, (raw) => token("literal", "", raw.replaceAll("\\'", "'"))],
  [/(\[\?|\[\]|\|\||&&|[<>!=]=|[.*,:{}[\]()|<>!&@])/y, (symbol) => token(symbol, "", null)],
];

/**
 * Splits an expression as go-jmespath does.
 *
 * @throws JmesPathError
 * @see https://github.com/jmespath/go-jmespath/blob/v0.4.0/lexer.go
 */
export function tokenize(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  const take = ([pattern, tokenOf]: (typeof KINDS)[number]): boolean => {
    pattern.lastIndex = end;
    const match = pattern.exec(expression);
    if (match === null) return false;
    end = pattern.lastIndex;
    const found = tokenOf(match[1] ?? "");
    if (found !== undefined) tokens.push(found);
    return true;
  };
  while (end < expression.length && KINDS.some(take));
  if (end === expression.length) return [...tokens, END];
  if (/[A-Za-z_]\w*\x80$/.test(expression.slice(0, end + 1))) {
    throw new JmesPathCrash("runtime error: index out of range [2] with length 2");
  }
  throw new JmesPathError(`Unexpected character at ${end}`);
}

/** What is quoted is a string, since quotes within are escaped. */
const text = (value: Json): string => (typeof value === "string" ? value : "");

function json(source: string): Json {
  try {
    return parseJson(source);
  } catch {
    throw new JmesPathError("Invalid JSON literal");
  }
}

/** An integer of 64 bits, as Go counts in. */
function integer(digits: string): number {
  const value = digits === "-" ? undefined : BigInt(digits);
  if (value === undefined || BigInt.asIntN(64, value) !== value) {
    throw new JmesPathError(`no integer: ${digits}`);
  }
  return Number(value);
}
