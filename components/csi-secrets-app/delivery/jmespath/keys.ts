import type { Expression } from "./parse";

/**
 * The keys of the data that an expression reads, as `a` or `a.b`, each once and in order. An
 * expression that takes the data as a whole, such as `to_string(@)`, reads none.
 */
export function keysRead(expression: Expression): readonly string[] {
  return [...new Set(collect(expression))];
}

function collect(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "field":
      return [expression.name];
    case "chain":
      return chain(...expression.parts);
    case "comparison":
    case "or":
    case "and":
      return expression.parts.flatMap(collect);
    case "projection":
    case "values":
    case "filter":
      // What follows is read of the items.
      return chain(...expression.parts);
    case "not":
    case "flatten":
      return collect(expression.of);
    case "list":
      return expression.items.flatMap(collect);
    case "hash":
      return expression.entries.flatMap(([, item]) => collect(item));
    case "call":
      return expression.args.flatMap(collect);
    case "current":
    case "literal":
    case "index":
    case "slice":
    case "reference":
      return [];
  }
}

/** `a.b` reads one key; after anything but a path, only the left side is a key of the data. */
function chain(left: Expression, right: Expression): readonly string[] {
  if (left.kind === "current") return collect(right);
  const keys = collect(left);
  const [parent] = keys;
  if (parent === undefined || keys.length > 1 || !isPath(left)) return keys;
  const inner = collect(right);
  return inner.length === 0 ? keys : inner.map((key) => `${parent}.${key}`);
}

function isPath(expression: Expression): boolean {
  if (expression.kind === "field") return true;
  return expression.kind === "chain" && expression.parts.every(isPath);
}
