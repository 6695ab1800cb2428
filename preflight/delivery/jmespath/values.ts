import type { Json } from "../go/json";
import type { Expression } from "./parse";

/** `&expression`: an argument that a function evaluates itself. */
export class Reference {
  constructor(readonly expression: Expression) {}
}

/** A result on the way; only a `Reference` is no JSON. */
export type Value = Json | Reference | Value[] | Map<string, Value>;

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
