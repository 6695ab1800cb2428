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
  /** A name is a string, a number whole, a literal any JSON, a symbol nothing. */
  readonly value: Json;
}

export const END: Token = { kind: "end", value: null };

const TOKEN = new RegExp(
  [
    /[ \t\n\r]+/,
    /(?<name>[A-Za-z_]\w*)/,
    /(?<number>-\d*|\d+)/,
    /"(?<quoted>(?:\\.|[^"\\])*)"/,
    /`(?<literal>(?:\\.|[^`\\])*)`/,
    // Only the quote itself can be escaped, and a backslash before it always does so.
    /'(?<raw>.*?)(?<!\\)'/,
    /(?<symbol>\[\?|\[\]|\|\||&&|[<>!=]=|[.*,:{}[\]()|<>!&@])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gsy",
);

/**
 * Splits an expression as go-jmespath does.
 *
 * @throws JmesPathError
 * @see https://github.com/jmespath/go-jmespath/blob/v0.4.0/lexer.go
 */
export function tokenize(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of expression.matchAll(TOKEN)) {
    end += match[0].length;
    const { name, number, quoted, literal, raw, symbol } = match.groups ?? {};
    if (name !== undefined) tokens.push({ kind: "name", value: name });
    if (number !== undefined) tokens.push({ kind: "number", value: integer(number) });
    if (quoted !== undefined) tokens.push({ kind: "quoted", value: json(`"${quoted}"`) });
    if (literal !== undefined) {
      tokens.push({ kind: "literal", value: json(literal.replaceAll("\\`", "`")) });
    }
    if (raw !== undefined) tokens.push({ kind: "literal", value: raw.replaceAll("\\'", "'") });
    if (symbol !== undefined) tokens.push({ kind: symbol, value: null });
  }
  if (end === expression.length) return [...tokens, END];
  if (/[A-Za-z_]\w*\x80$/.test(expression.slice(0, end + 1))) {
    throw new JmesPathCrash("runtime error: index out of range [2] with length 2");
  }
  throw new JmesPathError(`Unexpected character at ${end}`);
}

function json(text: string): Json {
  try {
    return parseJson(text);
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
