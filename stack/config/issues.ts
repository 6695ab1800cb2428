import type { z } from "zod";
import { memberPath, nearest } from "../../components";
import type { ConfigIssue } from "./config-error";
import { knownKeys } from "./known-keys";

export type ZodIssue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A value that was checked by a schema, and the key of the configuration that holds it. */
interface Checked {
  readonly key: string;
  readonly schema: z.ZodType;
  readonly value: unknown;
}

/** What is wrong with a value, one issue for each mistake. */
export function issuesOf(key: string, schema: z.ZodType, value: unknown): readonly ConfigIssue[] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).flatMap((issue) => located({ key, schema, value }, issue, []));
}

function located(checked: Checked, issue: ZodIssue, at: Path): readonly ConfigIssue[] {
  const path = [...at, ...issue.path];
  const given = valueAt(checked.value, path);
  const key = keyOf(checked.key, path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((name) => ({
        key: memberPath(key, name),
        problem: unrecognizedProblem(checked, path, name),
      }));
    case "invalid_union":
      return unionIssues(checked, issue.errors, path);
    case "custom":
      // A message of our own, which shows the value itself, as its rule wants it.
      return [{ key, problem: issue.message }];
    default:
      if (given === undefined) return [{ key, problem: "is missing" }];
      return [
        { key, problem: `must be ${ruleOf(issue)}; ${got(given)}${quotesHint(issue, given)}` },
      ];
  }
}

/** A value fits one of several shapes. Reports about the one that was most likely meant. */
function unionIssues(
  checked: Checked,
  branches: readonly (readonly ZodIssue[])[],
  path: Path,
): readonly ConfigIssue[] {
  const given = valueAt(checked.value, path);
  const key = keyOf(checked.key, path);
  if (given === undefined) return [{ key, problem: "is missing" }];
  const shapes = branches.filter((issues) => !issues.some(isOfOtherType));
  if (shapes.length === 0) {
    const rules = branches.map((issues) => issues.filter(isOfOtherType).map(ruleOf)[0]);
    return [{ key, problem: `must be ${[...new Set(rules)].join(" or ")}; ${got(given)}` }];
  }

  const keys = Object.keys(given as object);
  if (
    shapes.length > 1 &&
    shapes.every((issues) => unrecognizedKeys(issues).length === keys.length)
  ) {
    const known = knownKeys(checked.schema, path);
    if (keys.some((name) => nearest(name, known) !== undefined)) {
      return keys.map((name) => ({ key: memberPath(key, name), problem: unknownKey(name, known) }));
    }
    const wanted = shapes.map((issues) => missingKeys(issues, given).join(" and "));
    return [{ key, problem: `must have either ${wanted.join(", or ")}; ${got(given)}` }];
  }
  return closest(shapes, given).flatMap((issue) => located(checked, issue, path));
}

/** The issues of the shape that a value fits best at the top; the first of equals. */
export function closest<Issues extends readonly ZodIssue[]>(
  branches: readonly Issues[],
  given: unknown,
): Issues {
  const misfits = (issues: readonly ZodIssue[]): number =>
    Number(issues.some(isOfOtherType)) * 1000 +
    Math.min(1, unrecognizedKeys(issues).length) +
    missingKeys(issues, given).length;
  return [...branches].sort((a, b) => misfits(a) - misfits(b))[0] as Issues;
}

const unrecognizedKeys = (issues: readonly ZodIssue[]): readonly string[] =>
  issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [],
  );

const isOfOtherType = ({ path, code }: ZodIssue): boolean =>
  path.length === 0 && (code === "invalid_type" || code === "invalid_value");

const missingKeys = (issues: readonly ZodIssue[], given: unknown): readonly string[] =>
  issues
    .filter(({ path }) => path.length === 1 && valueAt(given, path) === undefined)
    .map(({ path: [key] }) => `'${String(key)}'`);

function unrecognizedProblem({ schema, value }: Checked, path: Path, name: string): string {
  const known = knownKeys(schema, path);
  if (known.includes(name)) {
    const others = Object.keys(valueAt(value, path) as object).filter((key) => key !== name);
    return `cannot be combined with ${others.map((key) => `'${key}'`).join(", ")}: choose one`;
  }
  return unknownKey(name, known);
}

/** How every problem of a key that does not exist begins. */
export const UNKNOWN_KEY = "is not a known key";

/** What to say about a key that does not exist, among those that do. */
export function unknownKey(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined
    ? `${UNKNOWN_KEY}; there are ${known.join(", ")}`
    : `${UNKNOWN_KEY}; did you mean '${meant}'?`;
}

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "a boolean",
  int: "a whole number",
  number: "a number",
  object: "an object",
  record: "an object",
  string: "a string",
};

function ruleOf(issue: ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.map((value) => JSON.stringify(value)).join(" or ");
    case "too_small":
      return issue.origin === "array"
        ? `a list of at least ${issue.minimum}`
        : issue.origin === "string"
          ? "a string that is not empty"
          : `at least ${issue.minimum}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

/** YAML reads `1.30` as the number 1.3, and `on` as true. */
const quotesHint = (issue: ZodIssue, given: unknown): string =>
  issue.code === "invalid_type" &&
  issue.expected === "string" &&
  (typeof given === "number" || typeof given === "boolean")
    ? "; put it in quotes"
    : "";

const LONGEST_SHOWN = 80;

/** The value as JSON: the quotes tell a string from a number. */
function got(value: unknown): string {
  const shown = JSON.stringify(value);
  return `got ${shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown}`;
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, step) =>
      typeof inner === "object" && inner !== null
        ? (inner as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );

/** `apps`, `[1, "database", "name"]` → `apps[1].database.name`, as `pulumi config --path` takes it. */
const keyOf = (root: string, path: Path): string =>
  path.reduce<string>(
    (key, step) => (typeof step === "number" ? `${key}[${step}]` : memberPath(key, String(step))),
    root,
  );
