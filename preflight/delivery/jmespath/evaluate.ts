import { callFunction, type Interpreter } from "./functions";
import { JmesPathCrash, JmesPathError } from "./lexer";
import type { Expression } from "./parse";
import { isEqual, isFalse, Reference, type Value } from "./values";

/** The order in which the entries of an object are visited. Go's own is another each time. */
export type MapOrder = (entries: readonly MapEntry[]) => readonly MapEntry[];
type MapEntry = readonly [string, Value];

/**
 * Evaluates an expression as go-jmespath does, its faults included: `*` over an object of n values
 * also visits n nulls, `sort_by` sorts the data itself, and an error left of `*`, `[]` or `[?]`
 * becomes null.
 *
 * @throws JmesPathError, and JmesPathCrash where the original takes the process down
 * @see https://github.com/jmespath/go-jmespath/blob/v0.4.0/interpreter.go
 */
export const evaluate = (
  expression: Expression,
  value: Value,
  order: MapOrder = (entries) => entries,
): Value => new TreeInterpreter(order).evaluate(expression, value);

class TreeInterpreter implements Interpreter {
  constructor(private readonly order: MapOrder) {}

  entries(object: ReadonlyMap<string, Value>): readonly MapEntry[] {
    return this.order([...object]);
  }

  evaluate(expression: Expression, value: Value): Value {
    switch (expression.kind) {
      case "current":
        return value;
      case "literal":
        return expression.value;
      case "field":
        return value instanceof Map ? (value.get(expression.name) ?? null) : null;
      case "index":
        return Array.isArray(value) ? (value.at(expression.at) ?? null) : null;
      case "slice":
        return Array.isArray(value) ? slice(value, expression.parts) : null;
      case "|":
        return this.evaluate(expression.parts[1], this.evaluate(expression.parts[0], value));
      case "||":
      case "&&": {
        const left = this.evaluate(expression.parts[0], value);
        const isDecided = isFalse(left) === (expression.kind === "&&");
        return isDecided ? left : this.evaluate(expression.parts[1], value);
      }
      case "==":
      case "!=": {
        const [left, right] = expression.parts.map((part) => this.evaluate(part, value));
        return isEqual(left ?? null, right ?? null) === (expression.kind === "==");
      }
      case "<":
      case "<=":
      case ">":
      case ">=": {
        const [left, right] = expression.parts.map((part) => this.evaluate(part, value));
        return typeof left === "number" && typeof right === "number"
          ? COMPARE[expression.kind](left, right)
          : null;
      }
      case "not":
        return isFalse(this.evaluate(expression.of, value));
      case "reference":
        return new Reference(expression.of);
      case "flatten": {
        const list = this.orNull(expression.of, value);
        return Array.isArray(list) ? list.flatMap((item) => item) : null;
      }
      case "projection": {
        const list = this.evaluate(expression.parts[0], value);
        return Array.isArray(list) ? this.project(list, expression.parts[1]) : null;
      }
      case "values": {
        const object = this.orNull(expression.parts[0], value);
        if (!(object instanceof Map)) return null;
        const values = this.entries(object).map(([, item]) => item);
        return this.project([...values.map(() => null), ...values], expression.parts[1]);
      }
      case "filter": {
        const list = this.orNull(expression.parts[0], value);
        if (!Array.isArray(list)) return null;
        const { condition } = expression;
        return list.flatMap((item) =>
          isFalse(this.evaluate(condition, item)) ? [] : this.project([item], expression.parts[1]),
        );
      }
      case "list":
        return value === null ? null : expression.items.map((item) => this.evaluate(item, value));
      case "hash":
        if (value === null) return null;
        return new Map(
          expression.entries.map(([key, item]) => [key, this.evaluate(item, value)] as const),
        );
      case "call": {
        const args = expression.args.map((arg) => this.evaluate(arg, value));
        return callFunction(expression.name, args, this);
      }
      case "broken":
        throw new JmesPathError("Unknown AST node: ASTEmpty");
    }
  }

  private orNull(expression: Expression, value: Value): Value {
    try {
      return this.evaluate(expression, value);
    } catch (error) {
      if (error instanceof JmesPathError && !(error instanceof JmesPathCrash)) return null;
      throw error;
    }
  }

  private project(items: readonly Value[], expression: Expression): Value[] {
    return items.map((item) => this.evaluate(expression, item)).filter((result) => result !== null);
  }
}

const COMPARE = {
  "<": (left: number, right: number) => left < right,
  "<=": (left: number, right: number) => left <= right,
  ">": (left: number, right: number) => left > right,
  ">=": (left: number, right: number) => left >= right,
} as const;

/** From here on an index of 64 bits is negative. */
const OVERFLOW = 2 ** 63;

function slice(items: readonly Value[], parts: readonly (number | null)[]): Value[] {
  const [first, last, by] = parts;
  const step = by ?? 1;
  if (step === 0) throw new JmesPathError("Invalid slice, step cannot be 0");
  const { length } = items;
  const start = first == null ? (step < 0 ? length - 1 : 0) : cap(length, first, step);
  const stop = last == null ? (step < 0 ? -1 : length) : cap(length, last, step);
  const result: Value[] = [];
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) {
    result.push(items[at] ?? null);
    if (at > 0 && at + step >= OVERFLOW)
      throw new JmesPathCrash("runtime error: index out of range");
  }
  return result;
}

function cap(length: number, at: number, step: number): number {
  if (at >= 0) return at < length ? at : step < 0 ? length - 1 : length;
  const fromEnd = at + length;
  return fromEnd >= 0 ? fromEnd : step < 0 ? -1 : 0;
}
