import { evaluate, type MapOrder } from "./evaluate";
import { JmesPathError } from "./lexer";
import type { Expression } from "./parse";
import { isEqual, type Value } from "./values";

/** Other orders than the given one: between them, no entry keeps its place or its neighbours. */
const OTHER_ORDERS: readonly MapOrder[] = [
  (entries) => [...entries].reverse(),
  (entries) => [...entries.slice(1), ...entries.slice(0, 1)],
];

/**
 * Evaluates an expression in the order of the data, and says whether the result would be another one
 * in another order.
 *
 * @throws JmesPathError
 */
export function evaluateInAnyOrder(
  expression: Expression,
  value: Value,
): { readonly result: Value; readonly varies?: true } {
  const sizes: number[] = [];
  const result = evaluate(expression, value, (entries) => {
    sizes.push(entries.length);
    return entries;
  });
  if (sizes.every((size) => size < 2)) return { result };
  const isStable = OTHER_ORDERS.every((order) => {
    // A copy, because `sort_by` changes what it sorts.
    const other = resultOrNothing(expression, structuredClone(value), order);
    return other !== undefined && isEqual(result, other);
  });
  return isStable ? { result } : { result, varies: true };
}

function resultOrNothing(expression: Expression, value: Value, order: MapOrder): Value | undefined {
  try {
    return evaluate(expression, value, order);
  } catch (error) {
    if (error instanceof JmesPathError) return undefined;
    throw error;
  }
}
