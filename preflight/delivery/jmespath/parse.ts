import type { Json } from "../go/json";
import { END, JmesPathError, type Token, tokenize } from "./lexer";

/** An expression, ready to be evaluated; a pipe also stands for `.` and for an index. */
export type Expression =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "literal"; readonly value: Json }
  | { readonly kind: "current" | "broken" }
  | { readonly kind: "index"; readonly at: number }
  | { readonly kind: "slice"; readonly parts: readonly (number | null)[] }
  | { readonly kind: Operator | "projection" | "values"; readonly parts: Pair }
  | { readonly kind: "not" | "flatten" | "reference"; readonly of: Expression }
  | { readonly kind: "filter"; readonly parts: Pair; readonly condition: Expression }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "hash"; readonly entries: readonly (readonly [string, Expression])[] }
  | { readonly kind: "call"; readonly name: unknown; readonly args: readonly Expression[] };

type Pair = readonly [Expression, Expression];
export type Operator = "|" | "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=";

/** How tightly an operator binds; all other tokens do not. */
const OPERATORS: ReadonlyMap<string, number> = new Map<Operator, number>([
  ...([
    ["|", 1],
    ["||", 2],
    ["&&", 3],
  ] as const),
  ...(["==", "!=", "<", "<=", ">", ">="] as const).map((operator) => [operator, 5] as const),
]);
const BINDING: ReadonlyMap<string, number> = new Map([
  ...OPERATORS,
  ...([
    ["[]", 9],
    ["*", 20],
    ["[?", 21],
    [".", 40],
    ["!", 45],
    ["{", 50],
    ["[", 55],
    ["(", 60],
  ] as const),
]);
const PROJECTION_END = 10;

const CURRENT: Expression = { kind: "current" };

/**
 * Parses an expression as go-jmespath does, its faults included: arguments need no commas, `[:::]`
 * is a slice, and an index that begins an expression and is not closed fails only when evaluated.
 *
 * @throws JmesPathError
 * @see https://github.com/jmespath/go-jmespath/blob/v0.4.0/parser.go
 */
export function parseExpression(expression: string): Expression {
  const parser = new Parser(tokenize(expression));
  const parsed = parser.expression();
  parser.take("end");
  return parsed;
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  expression(binding = 0): Expression {
    let left = this.prefix();
    while (binding < bindingOf(this.kind())) left = this.infix(left);
    return left;
  }

  /** The next token, which must be of one of these kinds. */
  take(...kinds: readonly string[]): Token {
    if (!kinds.includes(this.kind())) throw unexpected(this.kind());
    return this.next();
  }

  private next(): Token {
    const token = this.tokens[this.at] ?? END;
    this.at += 1;
    return token;
  }

  private kind(offset = 0): string {
    return (this.tokens[this.at + offset] ?? END).kind;
  }

  private takeIf(kind: string): boolean {
    const found = this.kind() === kind;
    this.at += found ? 1 : 0;
    return found;
  }

  private prefix(): Expression {
    const { kind, name, value } = this.next();
    switch (kind) {
      case "name":
        return { kind: "field", name };
      case "quoted":
        if (this.kind() === "(") throw unexpected("(");
        return { kind: "field", name };
      case "literal":
        return { kind, value };
      case "@":
        return CURRENT;
      case "&":
        return { kind: "reference", of: this.expression() };
      case "!":
        return { kind: "not", of: this.expression(bindingOf("!")) };
      case "*": {
        const each = this.kind() === "]" ? CURRENT : this.projected("*");
        return { kind: "values", parts: [CURRENT, each] };
      }
      case "[?":
        return this.filter(CURRENT);
      case "[]":
        return this.flatten(CURRENT);
      case "{":
        return this.hash();
      case "[":
        return this.bracket();
      case "(": {
        const inner = this.expression();
        this.take(")");
        return inner;
      }
      default:
        throw unexpected(kind);
    }
  }

  private infix(left: Expression): Expression {
    const { kind } = this.next();
    switch (kind) {
      case ".":
        return this.takeIf("*")
          ? { kind: "values", parts: [left, this.projected(".")] }
          : { kind: "|", parts: [left, this.afterDot(".")] };
      case "(":
        return { kind: "call", name: valueOf(left), args: this.args() };
      case "[?":
        return this.filter(left);
      case "[]":
        return this.flatten(left);
      case "[":
        if (this.isIndex()) return this.indexed(left, this.index());
        this.take("*");
        this.take("]");
        return { kind: "projection", parts: [left, this.projected("*")] };
      default:
        if (!OPERATORS.has(kind)) throw unexpected(kind);
        return { kind: kind as Operator, parts: [left, this.expression(bindingOf(kind))] };
    }
  }

  private bracket(): Expression {
    if (this.isIndex()) {
      const index = this.indexOrBroken();
      return index.kind === "broken" ? index : this.indexed(CURRENT, index);
    }
    if (this.kind() !== "*" || this.kind(1) !== "]") return this.list();
    this.at += 2;
    return { kind: "projection", parts: [CURRENT, this.projected("*")] };
  }

  private isIndex(): boolean {
    return this.kind() === "number" || this.kind() === ":";
  }

  /** The original forgets the error, and goes on where it came up. */
  private indexOrBroken(): Expression {
    try {
      return this.index();
    } catch (error) {
      if (error instanceof JmesPathError) return { kind: "broken" };
      throw error;
    }
  }

  private index(): Expression {
    const parts: (number | null)[] = [null, null, null];
    const isSlice = this.kind() === ":" || this.kind(1) === ":";
    for (let part = 0; isSlice && part < 3 && this.kind() !== "]";) {
      const { kind, value } = this.take(":", "number");
      if (kind === ":") part += 1;
      else parts[part] = Number(value);
    }
    const at = isSlice ? 0 : Number(this.take("number").value);
    this.take("]");
    return isSlice ? { kind: "slice", parts } : { kind: "index", at };
  }

  private indexed(left: Expression, index: Expression): Expression {
    const chain: Expression = { kind: "|", parts: [left, index] };
    return index.kind === "slice"
      ? { kind: "projection", parts: [chain, this.projected("*")] }
      : chain;
  }

  private filter(left: Expression): Expression {
    const condition = this.expression();
    this.take("]");
    const each = this.kind() === "[]" ? CURRENT : this.projected("[?");
    return { kind: "filter", parts: [left, each], condition };
  }

  private flatten(left: Expression): Expression {
    return { kind: "projection", parts: [{ kind: "flatten", of: left }, this.projected("[]")] };
  }

  private list(): Expression {
    const items = [this.expression()];
    while (this.take(",", "]").kind === ",") items.push(this.expression());
    return { kind: "list", items };
  }

  private hash(): Expression {
    const entries: (readonly [string, Expression])[] = [];
    do {
      const { name } = this.take("name", "quoted");
      this.take(":");
      entries.push([name, this.expression()]);
    } while (this.takeIf(",") || !this.takeIf("}"));
    return { kind: "hash", entries };
  }

  private args(): readonly Expression[] {
    const args: Expression[] = [];
    while (!this.takeIf(")")) {
      args.push(this.expression());
      this.takeIf(",");
    }
    return args;
  }

  private afterDot(binding: string): Expression {
    if (["name", "quoted", "*"].includes(this.kind())) return this.expression(bindingOf(binding));
    return this.take("[", "{").kind === "[" ? this.list() : this.hash();
  }

  /** What a projection does with each item. */
  private projected(binding: string): Expression {
    const next = this.kind();
    if (bindingOf(next) < PROJECTION_END) return CURRENT;
    if (next === "[" || next === "[?") return this.expression(bindingOf(binding));
    this.take(".");
    return this.afterDot(binding);
  }
}

const unexpected = (kind: string) => new JmesPathError(`Unexpected token: ${kind}`);

const bindingOf = (kind: string): number => BINDING.get(kind) ?? 0;

/** What the original keeps as the value of a node; the name of a function, if it is a string. */
function valueOf(called: Expression): unknown {
  if (called.kind === "field" || called.kind === "call") return called.name;
  return called.kind === "literal" ? called.value : undefined;
}
