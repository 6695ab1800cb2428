import { formatJson, type Json } from "../go/json";
import { parseFloat64 } from "../go/numbers";
import { compareText } from "../go/text";
import { JmesPathCrash, JmesPathError } from "./lexer";
import type { Expression } from "./parse";
import { isEqual, Reference, type Value } from "./values";

/** What calls a function, and what the function calls back. */
export interface Interpreter {
  /** Entries of an object, in the order in which they are visited. */
  entries(object: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[];
  evaluate(expression: Expression, value: Value): Value;
}

interface FunctionEntry {
  /** Types of each argument; a variadic function has one, and asks it of none. */
  readonly types: readonly (readonly ArgType[])[];
  readonly isVariadic: boolean;
  readonly call: (args: readonly never[], interpreter: Interpreter) => Value;
}

const TYPES = {
  any: () => true,
  array: (value: Value) => Array.isArray(value),
  numbers: (value: Value) => isListOf(value, "number"),
  strings: (value: Value) => isListOf(value, "string"),
  object: (value: Value) => value instanceof Map,
  reference: (value: Value) => value instanceof Reference,
  number: (value: Value) => typeof value === "number",
  string: (value: Value) => typeof value === "string",
} as const;
type ArgType = keyof typeof TYPES;

const isListOf = (value: Value, type: "number" | "string"): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === type);

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
  const entry = FUNCTIONS.get(name);
  if (entry === undefined) throw new JmesPathError(`unknown function: ${name}`);
  const { types, isVariadic, call } = entry;
  if (isVariadic ? args.length === 0 : args.length !== types.length) {
    throw new JmesPathError("incorrect number of args");
  }
  types.forEach((allowed, at) => {
    if (!isVariadic && !allowed.some((type) => TYPES[type](args[at] ?? null))) {
      throw new JmesPathError(`Invalid type for argument ${at + 1} of ${name}`);
    }
  });
  return call(args as readonly never[], interpreter);
}

/** A function, its arguments written as `array|string, any`; `object...` is variadic. */
function define<Args extends readonly unknown[]>(
  name: string,
  signature: string,
  call: (args: Args, interpreter: Interpreter) => Value,
): readonly [string, FunctionEntry] {
  const isVariadic = signature.endsWith("...");
  const types = signature
    .replace("...", "")
    .split(", ")
    .map((each) => each.split("|") as ArgType[]);
  return [name, { types, isVariadic, call: call as unknown as FunctionEntry["call"] }];
}

type ObjectValue = Map<string, Value>;

const FUNCTIONS: ReadonlyMap<string, FunctionEntry> = new Map([
  define("abs", "number", ([value]: [number]) => Math.abs(value)),
  define("ceil", "number", ([value]: [number]) => Math.ceil(value)),
  define("floor", "number", ([value]: [number]) => Math.floor(value)),
  define("avg", "numbers", ([list]: [number[]]) => total(list) / list.length),
  define("sum", "numbers", ([list]: [number[]]) => total(list)),
  define("max", "numbers|strings", ([list]: [Value[]]) => list[best(list, 1)] ?? null),
  define("min", "numbers|strings", ([list]: [Value[]]) => list[best(list, -1)] ?? null),
  define("max_by", "array, reference", ([list, by]: [Value[], Reference], interpreter) => {
    return list[best(sortKeys(list, by, interpreter), 1)] ?? null;
  }),
  define("min_by", "array, reference", ([list, by]: [Value[], Reference], interpreter) => {
    return list[best(sortKeys(list, by, interpreter), -1)] ?? null;
  }),
  define("starts_with", "string, string", ([text, part]: [string, string]) =>
    text.startsWith(part),
  ),
  define("ends_with", "string, string", ([text, part]: [string, string]) => text.endsWith(part)),
  define("contains", "array|string, any", ([searched, item]: [string | Value[], Value]) => {
    if (typeof searched === "string") return typeof item === "string" && searched.includes(item);
    return searched.some((one) => {
      if (areUncomparable(one, item)) {
        throw new JmesPathCrash(`runtime error: comparing uncomparable type ${goType(one)}`);
      }
      return isEqual(one, item);
    });
  }),
  define("join", "string, strings", ([separator, list]: [string, string[]]) =>
    list.join(separator),
  ),
  define("keys", "object", ([object]: [ObjectValue], interpreter) =>
    interpreter.entries(object).map(([key]) => key),
  ),
  define("values", "object", ([object]: [ObjectValue], interpreter) =>
    interpreter.entries(object).map(([, value]) => value),
  ),
  define("length", "string|array|object", ([value]: [string | Value[] | ObjectValue]) =>
    value instanceof Map ? value.size : [...value].length,
  ),
  define("map", "reference, array", ([{ expression }, list]: [Reference, Value[]], interpreter) =>
    list.map((item) => interpreter.evaluate(expression, item)),
  ),
  define("merge", "object...", (objects: Value[]) => {
    const entries = objects.flatMap((object) => {
      if (object instanceof Map) return [...object];
      throw conversionCrash(object, "map[string]interface {}");
    });
    return new Map(entries);
  }),
  define("not_null", "any...", (values: Value[]) => values.find((value) => value !== null) ?? null),
  define("reverse", "array|string", ([value]: [string | Value[]]) =>
    typeof value === "string" ? [...value].reverse().join("") : [...value].reverse(),
  ),
  define("sort", "strings|numbers", ([list]: [Value[]]) => [...list].sort(compare)),
  define("sort_by", "array, reference", ([list, by]: [Value[], Reference], interpreter) => {
    const keys = sortKeys(list, by, interpreter);
    const sorted = list
      .map((item, at) => ({ item, key: keys[at] ?? null }))
      .sort((left, right) => compare(left.key, right.key))
      .map(({ item }) => item);
    // The list itself is sorted, so later expressions over the same secret see it so.
    list.splice(0, list.length, ...sorted);
    return list;
  }),
  define("to_array", "any", ([value]: [Value]) => (Array.isArray(value) ? value : [value])),
  define("to_number", "any", ([value]: [Value]) => {
    if (value instanceof Reference) throw new JmesPathError("unknown type");
    if (typeof value === "string") return parseFloat64(value) ?? null;
    return typeof value === "number" ? value : null;
  }),
  define("to_string", "any", ([value]: [Value]) => toText(value)),
  define("type", "any", ([value]: [Value]) => typeOf(value)),
]);

const total = (list: readonly number[]): number => list.reduce((sum, item) => sum + item, 0);

/** Where the first of several extremes stands. */
function best(keys: readonly Value[], sign: 1 | -1): number {
  return keys.reduce<number>(
    (found, key, at) => (compare(key, keys[found] ?? null) * sign > 0 ? at : found),
    0,
  );
}

function compare(left: Value, right: Value): number {
  if (typeof left === "string" && typeof right === "string") return compareText(left, right);
  return left === right ? 0 : Number(left) < Number(right) ? -1 : 1;
}

/** What a list is ordered by; nothing is evaluated for fewer than two items. */
function sortKeys(
  items: readonly Value[],
  { expression }: Reference,
  interpreter: Interpreter,
): readonly Value[] {
  const keys: Value[] = [];
  for (const item of items.length < 2 ? [] : items) {
    const key = interpreter.evaluate(expression, item);
    const type = typeof key;
    if ((type !== "number" && type !== "string") || type !== typeof (keys[0] ?? key)) {
      throw new JmesPathError("invalid type, must be number of string");
    }
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
