import * as jmespath from "jmespath";
import type { Json } from "../go/json";
import { JmesPathError, type JmesToken, tokenize } from "./lexer";

/** An expression, ready to be evaluated. */
export type Expression =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "literal"; readonly value: Json }
  | { readonly kind: "current" }
  | { readonly kind: "index"; readonly at: number }
  | { readonly kind: "slice"; readonly parts: readonly (number | null)[] }
  | { readonly kind: "comparison"; readonly operator: Comparison; readonly parts: Pair }
  | { readonly kind: "or" | "and" | "chain"; readonly parts: Pair }
  | { readonly kind: "not" | "flatten" | "reference"; readonly of: Expression }
  | { readonly kind: "projection" | "values"; readonly parts: Pair }
  | { readonly kind: "filter"; readonly parts: Pair; readonly condition: Expression }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "hash"; readonly entries: readonly (readonly [string, Expression])[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] };

type Pair = readonly [Expression, Expression];
export type Comparison = "EQ" | "NE" | "GT" | "GTE" | "LT" | "LTE";

/** Node of the tree that npm's `jmespath` builds. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly children?: readonly (Node | number | null | undefined)[];
}

/** Stands for `@`, which the library takes as an argument only if a `,` or `)` follows. */
const CURRENT = -1;

/**
 * Parses an expression as go-jmespath does. The grammar is npm's `jmespath`; the text is split here
 * (see `tokenize`), and what only that library's grammar lets pass is refused here:
 * `[a b]`, `(a b)`, `[ ]`, `( )` and `a.`.
 *
 * @throws JmesPathError
 * @see https://github.com/jmespath/go-jmespath/blob/v0.4.0/parser.go
 */
export function parseExpression(expression: string): Expression {
  const tokens = withCommas(tokenize(expression));
  const literals: Json[] = [];
  const text = tokens.map((token) => canonical(token, literals)).join(" ");
  return new TreeReader(literals).read(compileTree(text));
}

/** The library's types leave out the half of it that is used here. */
const { compile } = jmespath as unknown as { compile: (expression: string) => Node };

function compileTree(text: string): Node {
  try {
    return compile(text);
  } catch (error) {
    // The library also fails by TypeError and RangeError.
    throw new JmesPathError(error instanceof Error ? error.message : String(error));
  }
}

/** A token as the library splits it back into the same token. */
function canonical(token: JmesToken, literals: Json[]): string {
  switch (token.kind) {
    case "identifier":
      return token.name;
    case "quoted":
      return JSON.stringify(token.name);
    case "literal":
      literals.push(token.value);
      return `\`${literals.length - 1}\``;
    case "current":
      return `\`${CURRENT}\``;
    case "number":
      return String(token.value);
    case "symbol":
      return token.text;
  }
}

type Bracket = "call" | "group" | "list" | "hash" | "filter";

/**
 * The tokens with the commas that go-jmespath does not ask for between the arguments of a call.
 * ExternalResources two operands side by side are refused.
 */
function withCommas(tokens: readonly JmesToken[]): readonly JmesToken[] {
  const result: JmesToken[] = [];
  const brackets: Bracket[] = [];
  tokens.forEach((token, at) => {
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    const inside = brackets[brackets.length - 1];
    if (before !== undefined && endsOperand(before) && startsOperand(token)) {
      if (inside === "call") result.push({ kind: "symbol", text: "," });
      else if (inside !== "hash" || !isSymbol(after, ":")) refuse(token);
    }
    result.push(token);
    if (token.kind !== "symbol") return;
    const opened = bracketOf(token.text, before);
    if (opened !== undefined) brackets.push(opened);
    if ([")", "]", "}"].includes(token.text)) brackets.pop();
    if (token.text === "," && inside === "group") refuse(token);
    if (opened === "group" && isSymbol(after, ")")) refuse(token);
    if (token.text === "." && !canFollowDot(after)) refuse(token);
  });
  return result;
}

function bracketOf(symbol: string, before: JmesToken | undefined): Bracket | undefined {
  if (symbol === "(") return before !== undefined && endsOperand(before) ? "call" : "group";
  return ({ "[": "list", "{": "hash", "[?": "filter" } as const)[symbol];
}

const endsOperand = (token: JmesToken): boolean =>
  token.kind === "symbol"
    ? [")", "]", "}", "[]", "*"].includes(token.text)
    : token.kind !== "number";

const startsOperand = (token: JmesToken): boolean =>
  token.kind === "symbol" ? token.text === "&" : token.kind !== "number";

const canFollowDot = (token: JmesToken | undefined): boolean =>
  token?.kind === "identifier" ||
  token?.kind === "quoted" ||
  ["*", "[", "{"].some((text) => isSymbol(token, text));

const isSymbol = (token: JmesToken | undefined, text: string): boolean =>
  token?.kind === "symbol" && token.text === text;

function refuse(token: JmesToken): never {
  throw new JmesPathError(`Unexpected token: ${token.kind === "symbol" ? token.text : token.kind}`);
}

class TreeReader {
  constructor(readonly literals: readonly Json[]) {}

  read(node: Node): Expression {
    switch (node.type) {
      case "Field":
        return { kind: "field", name: this.nameOf(node) };
      case "Literal":
        return node.value === CURRENT
          ? { kind: "current" }
          : { kind: "literal", value: this.literals[Number(node.value)] ?? null };
      case "Identity":
        return { kind: "current" };
      case "Index":
        return { kind: "index", at: Number(node.value) };
      case "Slice":
        return { kind: "slice", parts: (node.children ?? []) as (number | null)[] };
      case "Comparator":
        return {
          kind: "comparison",
          operator: this.nameOf(node) as Comparison,
          parts: this.pair(node),
        };
      case "OrExpression":
        return { kind: "or", parts: this.pair(node) };
      case "AndExpression":
        return { kind: "and", parts: this.pair(node) };
      case "Pipe":
      case "Subexpression":
      case "IndexExpression":
        return { kind: "chain", parts: this.pair(node) };
      case "NotExpression":
        return { kind: "not", of: this.child(node, 0) };
      case "Flatten":
        return { kind: "flatten", of: this.child(node, 0) };
      case "ExpressionReference":
        return { kind: "reference", of: this.child(node, 0) };
      case "Projection":
        return { kind: "projection", parts: this.pair(node) };
      case "ValueProjection":
        return { kind: "values", parts: this.pair(node) };
      case "FilterProjection":
        return { kind: "filter", parts: this.pair(node), condition: this.child(node, 2) };
      case "MultiSelectList":
        return { kind: "list", items: this.some(node) };
      case "MultiSelectHash":
        return {
          kind: "hash",
          entries: (node.children ?? []).map((pair) => this.entry(pair as Node)),
        };
      case "Function":
        return { kind: "call", name: this.nameOf(node), args: this.all(node) };
      default:
        throw new JmesPathError(`Unknown AST node: ${node.type}`);
    }
  }

  private entry(pair: Node): readonly [string, Expression] {
    return [this.nameOf(pair), this.read(pair.value as Node)];
  }

  /** A call of something without a name crashes the original; here it names no function. */
  private nameOf({ name = "" }: Node): string {
    return name;
  }

  private child({ children = [] }: Node, at: number): Expression {
    const child = children[at];
    if (typeof child !== "object" || child === null) {
      throw new JmesPathError("Incomplete expression");
    }
    return this.read(child);
  }

  private pair(node: Node): Pair {
    return [this.child(node, 0), this.child(node, 1)];
  }

  private all(node: Node): readonly Expression[] {
    return (node.children ?? []).map((_, at) => this.child(node, at));
  }

  private some(node: Node): readonly Expression[] {
    const items = this.all(node);
    if (items.length === 0) throw new JmesPathError("Unexpected token: ]");
    return items;
  }
}
