import { formatJson, type Json } from "../go/json";
import { parseFloat64 } from "../go/numbers";
import { compareText } from "../go/text";
import { JmesPathCrash, JmesPathError } from "./lexer";
import type { Interpreter } from "./evaluate";
import { isEqual, Reference, type Value } from "./values";

type ArgType =
  | "any"
  | "array"
  | "array[number]"
  | "array[string]"
  | "number"
  | "object"
  | "reference"
  | "string";

interface FunctionEntry {
  /** The types an argument may have; with `variadic`, only the number of arguments is checked. */
  readonly args: readonly (readonly ArgType[])[];
  readonly variadic?: true;
  readonly call: (args: readonly Value[], interpreter: Interpreter) => Value;
}

/**
 * Calls a function of go-jmespath 0.4. A name that newer JMESPath libraries know (`split`, `trim`,
 * `replace`, …) is an error, as it is for the provider.
 *
 * @throws JmesPathError
 * @see https://github.com/jmespath/go-jmespath/blob/v0.4.0/functions.go
 */
export function callFunction(
  name: unknown,
  args: readonly Value[],
  interpreter: Interpreter,
): Value {
  if (typeof name !== "string") throw conversionCrash(name, "string");
  const entry = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (entry === undefined) throw new JmesPathError(`unknown function: ${name}`);
  if (entry.variadic === true) {
    if (args.length < entry.args.length) throw new JmesPathError("Invalid arity.");
    return entry.call(args, interpreter);
  }
  if (args.length !== entry.args.length) throw new JmesPathError("incorrect number of args");
  entry.args.forEach((types, at) => {
    if (!types.some((type) => hasType(args[at] ?? null, type))) {
      throw new JmesPathError(`Invalid type for argument ${at + 1} of ${name}`);
    }
  });
  return entry.call(args, interpreter);
}

function hasType(value: Value, type: ArgType): boolean {
  switch (type) {
    case "any":
      return true;
    case "array":
      return Array.isArray(value);
    case "array[number]":
      return isListOf(value, "number");
    case "array[string]":
      return isListOf(value, "string");
    case "object":
      return value instanceof Map;
    case "reference":
      return value instanceof Reference;
    case "number":
    case "string":
      return typeof value === type;
  }
}

const isListOf = (value: Value, type: "number" | "string"): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === type);

const numeric = (implementation: (value: number) => number): FunctionEntry => ({
  args: [["number"]],
  call: ([value]) => implementation(value as number),
});

const ofText = (implementation: (text: string, part: string) => boolean): FunctionEntry => ({
  args: [["string"], ["string"]],
  call: ([text, part]) => implementation(text as string, part as string),
});

const ofList = (types: readonly ArgType[], call: (list: Value[]) => Value): FunctionEntry => ({
  args: [types],
  call: ([list]) => call(list as Value[]),
});

/** `max` and `min`: the first of several extremes. */
const extreme = (sign: 1 | -1): FunctionEntry =>
  ofList(["array[number]", "array[string]"], (list) =>
    list.reduce<Value>(
      (best, item) => (compare(item, best) * sign > 0 ? item : best),
      list[0] ?? null,
    ),
  );

const extremeBy = (sign: 1 | -1): FunctionEntry => ({
  args: [["array"], ["reference"]],
  call: ([list, reference], interpreter) => {
    const items = list as Value[];
    const keys = sortKeys(items, reference as Reference, interpreter);
    let best = 0;
    keys.forEach((key, at) => {
      if (compare(key, keys[best] ?? null) * sign > 0) best = at;
    });
    return items[best] ?? null;
  },
});

function compare(left: Value, right: Value): number {
  if (typeof left === "string" && typeof right === "string") return compareText(left, right);
  return left === right ? 0 : Number(left) < Number(right) ? -1 : 1;
}

/** What a list is ordered by; nothing is evaluated for fewer than two items. */
function sortKeys(
  items: readonly Value[],
  { expression }: Reference,
  interpreter: Interpreter,
): Value[] {
  if (items.length < 2) return items.map(() => null);
  const keys: Value[] = [];
  for (const item of items) {
    const key = interpreter.evaluate(expression, item);
    const isKey =
      keys.length > 0
        ? typeof key === typeof keys[0]
        : hasType(key, "number") || hasType(key, "string");
    if (!isKey) throw new JmesPathError("invalid type, must be number of string");
    keys.push(key);
  }
  return keys;
}

function typeOf(value: Value): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof Map) return "object";
  if (value instanceof Reference) throw new JmesPathError("unknown type");
  return typeof value;
}

const areUncomparable = (left: Value, right: Value): boolean =>
  left !== null && typeof left === "object" && left.constructor === right?.constructor;

const conversionCrash = (value: unknown, type: string) =>
  new JmesPathCrash(`interface conversion: interface {} is ${goType(value)}, not ${type}`);

function goType(value: unknown): string {
  if (value === null || value === undefined) return "nil";
  if (Array.isArray(value)) return "[]interface {}";
  if (value instanceof Map) return "map[string]interface {}";
  if (value instanceof Reference) return "jmespath.expRef";
  return { number: "float64", boolean: "bool" }[typeof value as string] ?? typeof value;
}

function toText(value: Value): string {
  if (typeof value === "string") return value;
  try {
    return formatJson(withoutReferences(value));
  } catch (error) {
    throw new JmesPathError(error instanceof Error ? error.message : String(error));
  }
}

/** A reference has nothing that JSON would show. */
function withoutReferences(value: Value): Json {
  if (value instanceof Reference) return new Map();
  if (Array.isArray(value)) return value.map(withoutReferences);
  if (!(value instanceof Map)) return value;
  return new Map([...value].map(([key, item]) => [key, withoutReferences(item)] as const));
}

const FUNCTIONS: Readonly<Record<string, FunctionEntry>> = {
  abs: numeric(Math.abs),
  ceil: numeric(Math.ceil),
  floor: numeric(Math.floor),
  avg: ofList(["array[number]"], (list) => total(list) / list.length),
  sum: ofList(["array[number]"], total),
  max: extreme(1),
  min: extreme(-1),
  max_by: extremeBy(1),
  min_by: extremeBy(-1),
  starts_with: ofText((text, part) => text.startsWith(part)),
  ends_with: ofText((text, part) => text.endsWith(part)),
  contains: {
    args: [["array", "string"], ["any"]],
    call: ([searched, item]) => {
      const wanted = item ?? null;
      if (typeof searched === "string") {
        return typeof wanted === "string" && searched.includes(wanted);
      }
      return (searched as Value[]).some((one) => {
        if (areUncomparable(one, wanted)) {
          throw new JmesPathCrash(`runtime error: comparing uncomparable type ${goType(one)}`);
        }
        return isEqual(one, wanted);
      });
    },
  },
  join: {
    args: [["string"], ["array[string]"]],
    call: ([separator, list]) => (list as string[]).join(separator as string),
  },
  keys: {
    args: [["object"]],
    call: ([object], interpreter) =>
      interpreter.entries(object as Map<string, Value>).map(([key]) => key),
  },
  values: {
    args: [["object"]],
    call: ([object], interpreter) =>
      interpreter.entries(object as Map<string, Value>).map(([, value]) => value),
  },
  length: {
    args: [["string", "array", "object"]],
    call: ([value]) =>
      value instanceof Map ? value.size : [...(value as string | Value[])].length,
  },
  map: {
    args: [["reference"], ["array"]],
    call: ([reference, list], interpreter) =>
      (list as Value[]).map((item) =>
        interpreter.evaluate((reference as Reference).expression, item),
      ),
  },
  merge: {
    args: [["object"]],
    variadic: true,
    call: (objects) => {
      // The arguments of a variadic function are not checked.
      const entries = objects.flatMap((object) => {
        if (object instanceof Map) return [...object];
        throw conversionCrash(object, "map[string]interface {}");
      });
      return new Map(entries);
    },
  },
  not_null: {
    args: [["any"]],
    variadic: true,
    call: (values) => values.find((value) => value !== null) ?? null,
  },
  reverse: {
    args: [["array", "string"]],
    call: ([value]) =>
      typeof value === "string" ? [...value].reverse().join("") : [...(value as Value[])].reverse(),
  },
  sort: ofList(["array[string]", "array[number]"], (list) => [...list].sort(compare)),
  sort_by: {
    args: [["array"], ["reference"]],
    call: ([list, reference], interpreter) => {
      const items = list as Value[];
      const keys = sortKeys(items, reference as Reference, interpreter);
      const sorted = items
        .map((item, at) => ({ item, key: keys[at] ?? null }))
        .sort((left, right) => compare(left.key, right.key))
        .map(({ item }) => item);
      // The list itself is sorted, so later expressions over the same secret see it so.
      items.splice(0, items.length, ...sorted);
      return items;
    },
  },
  to_array: {
    args: [["any"]],
    call: ([value]) => (Array.isArray(value) ? value : [value ?? null]),
  },
  to_number: {
    args: [["any"]],
    call: ([value]) => {
      if (value instanceof Reference) throw new JmesPathError("unknown type");
      if (typeof value === "string") return parseFloat64(value) ?? null;
      return typeof value === "number" ? value : null;
    },
  },
  to_string: { args: [["any"]], call: ([value]) => toText(value ?? null) },
  type: { args: [["any"]], call: ([value]) => typeOf(value ?? null) },
};

function total(list: readonly Value[]): number {
  return (list as readonly number[]).reduce((sum, item) => sum + item, 0);
}
