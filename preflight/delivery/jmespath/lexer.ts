import { type Json, parseJson } from "../go/json";

/** An expression that the provider's JMESPath library does not accept, or cannot evaluate. */
export class JmesPathError extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = "JmesPathError";
  }
}

/** What crashes the original: nothing around it can make good for it. */
export class JmesPathCrash extends JmesPathError {}

export type JmesToken =
  | { readonly kind: "identifier"; readonly name: string }
  | { readonly kind: "quoted"; readonly name: string }
  | { readonly kind: "literal"; readonly value: Json }
  | { readonly kind: "current" }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "symbol"; readonly text: string };

/** Longest first, so that `||` is not read as two pipes. */
const SYMBOLS = [
  ...["[?", "[]", "||", "&&", "<=", ">=", "!=", "=="],
  ...[".", "*", ",", ":", "{", "}", "[", "]", "(", ")", "|", "<", ">", "!", "&"],
];

/**
 * Splits an expression as go-jmespath does. npm's `jmespath` splits more leniently: it takes a
 * missing closing quote, a literal that is no JSON, and only the first `\'` of a raw string.
 *
 * @throws JmesPathError
 * @see https://github.com/jmespath/go-jmespath/blob/v0.4.0/lexer.go
 */
export function tokenize(expression: string): readonly JmesToken[] {
  const tokens: JmesToken[] = [];
  let at = 0;
  while (at < expression.length) {
    const rest = expression.slice(at);
    const space = /^[ \t\n\r]+/.exec(rest);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const [token, length] = tokenAt(rest);
    tokens.push(token);
    at += length;
  }
  return tokens;
}

function tokenAt(rest: string): readonly [JmesToken, number] {
  const identifier = /^[A-Za-z_][A-Za-z0-9_]*/.exec(rest)?.[0];
  if (identifier !== undefined)
    return [{ kind: "identifier", name: identifier }, identifier.length];
  const number = /^(-[0-9]*|[0-9]+)/.exec(rest)?.[0];
  if (number !== undefined) return [{ kind: "number", value: integer(number) }, number.length];
  switch (rest[0]) {
    case "@":
      return [{ kind: "current" }, 1];
    case '"': {
      const body = delimited(rest, '"');
      return [{ kind: "quoted", name: quotedName(body) }, body.length + 2];
    }
    case "`": {
      const body = delimited(rest, "`");
      return [{ kind: "literal", value: json(body.replaceAll("\\`", "`")) }, body.length + 2];
    }
    case "'": {
      // Only the quote itself can be escaped, and a backslash before it always does so.
      const body = /^'(.*?)(?<!\\)'/s.exec(rest)?.[1];
      if (body === undefined) throw new JmesPathError("Unclosed delimiter: '");
      return [{ kind: "literal", value: body.replaceAll("\\'", "'") }, body.length + 2];
    }
    default:
  }
  const symbol = SYMBOLS.find((text) => rest.startsWith(text));
  if (symbol === undefined) {
    throw new JmesPathError(`Unknown char: ${String.fromCodePoint(rest.codePointAt(0) ?? 0)}`);
  }
  return [{ kind: "symbol", text: symbol }, symbol.length];
}

/** What stands between a delimiter and the next one that no backslash precedes. */
function delimited(rest: string, delimiter: string): string {
  for (let at = 1; at < rest.length; at += 1) {
    if (rest[at] === delimiter) return rest.slice(1, at);
    if (rest[at] === "\\") at += 1;
  }
  throw new JmesPathError(`Unclosed delimiter: ${delimiter}`);
}

function quotedName(body: string): string {
  const name = json(`"${body}"`);
  if (typeof name !== "string") throw new JmesPathError("a quoted identifier is a JSON string");
  return name;
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
