import { callFunction } from "./functions";
import { JmesPathCrash, JmesPathError } from "./lexer";
import type { Comparison, Expression } from "./parse";
import { isEqual, isFalse, Reference, type Value } from "./values";

/**
 * Evaluates an expression as go-jmespath does. npm's `jmespath` evaluates differently where the two
 * languages do: order and length of text, `<` of text, `-0`, `to_number`, `to_string`, equality of
 * `contains`; and where go-jmespath is at fault: `*` over an object of n values also visits n nulls,
 * `sort_by` sorts the data itself, and an error left of `*`, `[]` or `[?]` becomes null.
 *
 * @throws JmesPathError
 * @see https://github.com/jmespath/go-jmespath/blob/v0.4.0/interpreter.go
 */
export function evaluate(expression: Expression, value: Value): Value {
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
    case "comparison":
      return compare(expression.operator, ...both(expression.parts, value));
    case "or": {
      const left = evaluate(expression.parts[0], value);
      return isFalse(left) ? evaluate(expression.parts[1], value) : left;
    }
    case "and": {
      const left = evaluate(expression.parts[0], value);
      return isFalse(left) ? left : evaluate(expression.parts[1], value);
    }
    case "not":
      return isFalse(evaluate(expression.of, value));
    case "chain":
      return evaluate(expression.parts[1], evaluate(expression.parts[0], value));
    case "reference":
      return new Reference(expression.of);
    case "flatten": {
      const list = orNull(expression.of, value);
      return Array.isArray(list) ? list.flatMap((item) => item) : null;
    }
    case "projection": {
      const list = evaluate(expression.parts[0], value);
      return Array.isArray(list) ? project(list, expression.parts[1]) : null;
    }
    case "values": {
      const object = orNull(expression.parts[0], value);
      if (!(object instanceof Map)) return null;
      const values = [...object.values()];
      return project([...values.map(() => null), ...values], expression.parts[1]);
    }
    case "filter": {
      const list = orNull(expression.parts[0], value);
      if (!Array.isArray(list)) return null;
      const { condition } = expression;
      return list.flatMap((item) =>
        isFalse(evaluate(condition, item)) ? [] : project([item], expression.parts[1]),
      );
    }
    case "list":
      return value === null ? null : expression.items.map((item) => evaluate(item, value));
    case "hash":
      if (value === null) return null;
      return new Map(
        expression.entries.map(([key, item]) => [key, evaluate(item, value)] as const),
      );
    case "call": {
      const args = expression.args.map((arg) => evaluate(arg, value));
      return callFunction(expression.name, args, evaluate);
    }
  }
}

function both(parts: readonly [Expression, Expression], value: Value): [Value, Value] {
  return [evaluate(parts[0], value), evaluate(parts[1], value)];
}

function orNull(expression: Expression, value: Value): Value {
  try {
    return evaluate(expression, value);
  } catch (error) {
    if (error instanceof JmesPathError && !(error instanceof JmesPathCrash)) return null;
    throw error;
  }
}

function project(items: readonly Value[], expression: Expression): Value[] {
  return items.map((item) => evaluate(expression, item)).filter((result) => result !== null);
}

function compare(operator: Comparison, left: Value, right: Value): Value {
  if (operator === "EQ") return isEqual(left, right);
  if (operator === "NE") return !isEqual(left, right);
  if (typeof left !== "number" || typeof right !== "number") return null;
  switch (operator) {
    case "GT":
      return left > right;
    case "GTE":
      return left >= right;
    case "LT":
      return left < right;
    case "LTE":
      return left <= right;
  }
}

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
  }
  return result;
}

function cap(length: number, at: number, step: number): number {
  if (at >= 0) return at < length ? at : step < 0 ? length - 1 : length;
  const fromEnd = at + length;
  return fromEnd >= 0 ? fromEnd : step < 0 ? -1 : 0;
}
