import type { Json, JsonObject } from "../go/json";
import { callFunction } from "./functions";
import { JmesPathError } from "./lexer";
import type { Comparison, Expression } from "./parse";

/** `&expression`: an argument that a function evaluates itself. */
export class Reference {
  constructor(readonly expression: Expression) {}
}

/** A result on the way; only a `Reference` is no JSON. */
export type Value = Json | Reference | Value[] | Map<string, Value>;

/** Told of every field that an expression reads of an object. */
export type OnRead = (object: JsonObject, key: string) => void;

/**
 * Evaluates an expression as go-jmespath does. npm's `jmespath` evaluates differently where the two
 * languages do: order and length of text, `<` of text, `-0`, `to_number`, `to_string`, equality of
 * `contains`; and where go-jmespath is at fault: `*` over an object of n values also visits n nulls,
 * `sort_by` sorts the data itself, and an error left of `*`, `[]` or `[?]` becomes null.
 *
 * @throws JmesPathError
 * @see https://github.com/jmespath/go-jmespath/blob/v0.4.0/interpreter.go
 */
export function evaluate(expression: Expression, data: Json, onRead?: OnRead): Value {
  return new Evaluator(onRead).evaluate(expression, data);
}

export class Evaluator {
  constructor(private readonly onRead?: OnRead) {}

  evaluate(expression: Expression, value: Value): Value {
    switch (expression.kind) {
      case "current":
        return value;
      case "literal":
        return expression.value;
      case "field":
        return value instanceof Map ? this.read(value, expression.name) : null;
      case "index":
        return Array.isArray(value) ? (value.at(expression.at) ?? null) : null;
      case "slice":
        return Array.isArray(value) ? slice(value, expression.parts) : null;
      case "comparison":
        return this.compare(expression.operator, ...this.both(expression.parts, value));
      case "or": {
        const left = this.evaluate(expression.parts[0], value);
        return isFalse(left) ? this.evaluate(expression.parts[1], value) : left;
      }
      case "and": {
        const left = this.evaluate(expression.parts[0], value);
        return isFalse(left) ? left : this.evaluate(expression.parts[1], value);
      }
      case "not":
        return isFalse(this.evaluate(expression.of, value));
      case "chain":
        return this.evaluate(expression.parts[1], this.evaluate(expression.parts[0], value));
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
        const values = [...object.keys()].map((key) => this.read(object, key));
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
    }
  }

  private read(object: Map<string, Value>, key: string): Value {
    this.onRead?.(object as JsonObject, key);
    return object.get(key) ?? null;
  }

  private both(parts: readonly [Expression, Expression], value: Value): [Value, Value] {
    return [this.evaluate(parts[0], value), this.evaluate(parts[1], value)];
  }

  private orNull(expression: Expression, value: Value): Value {
    try {
      return this.evaluate(expression, value);
    } catch (error) {
      if (error instanceof JmesPathError) return null;
      throw error;
    }
  }

  private project(items: readonly Value[], expression: Expression): Value[] {
    return items.map((item) => this.evaluate(expression, item)).filter((result) => result !== null);
  }

  private compare(operator: Comparison, left: Value, right: Value): Value {
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
}

/** Empty text, list and object, `false` and `null` count as false; 0 does not. */
export function isFalse(value: Value): boolean {
  if (value === null || typeof value === "boolean") return value !== true;
  if (typeof value === "string" || Array.isArray(value)) return value.length === 0;
  return value instanceof Map && value.size === 0;
}

export function isEqual(left: Value, right: Value): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length && left.every((item, at) => isEqual(item, right[at] ?? null))
    );
  }
  if (left instanceof Map && right instanceof Map) {
    if (left.size !== right.size) return false;
    return [...left].every(
      ([key, item]) => right.has(key) && isEqual(item, right.get(key) ?? null),
    );
  }
  if (left instanceof Reference && right instanceof Reference) {
    return JSON.stringify(left.expression) === JSON.stringify(right.expression);
  }
  return left === right;
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
