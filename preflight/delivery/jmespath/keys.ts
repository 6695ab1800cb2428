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
    case "|":
    case "projection":
    case "values":
      return chain(...expression.parts);
    case "filter":
      return [...chain(expression.parts[0], expression.condition), ...chain(...expression.parts)];
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
    case "broken":
      return [];
    default:
      return expression.parts.flatMap(collect);
  }
}

/** `a.b` reads one key; after anything but a path, only the left side is a key of the data. */
function chain(left: Expression, right: Expression): readonly string[] {
  if (left.kind === "current") return collect(right);
  const keys = collect(left);
  if (!isPath(left)) return keys;
  const inner = collect(right);
  return inner.length === 0 ? keys : keys.flatMap((key) => inner.map((one) => `${key}.${one}`));
}

/** Leads to one place of the data, or to the same place of several items. */
function isPath(expression: Expression): boolean {
  switch (expression.kind) {
    case "field":
      return true;
    case "|":
    case "projection":
      return isPath(expression.parts[0]) && isStep(expression.parts[1]);
    case "flatten":
      return isPath(expression.of);
    default:
      return false;
  }
}

const isStep = (expression: Expression): boolean =>
  ["current", "field", "index", "slice"].includes(expression.kind) || isPath(expression);
