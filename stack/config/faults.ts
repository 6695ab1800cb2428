import type { z } from "zod";
import type { ConfigIssue } from "./config-error";
import { knownKeys } from "./known-keys";
import { nearest } from "./suggest";

type Issue = z.core.$ZodIssue;
export type Path = readonly PropertyKey[];

/** A mistake, and where in the checked value it is. */
interface LocatedFault extends ConfigIssue {
  readonly path: Path;
}

/** A value that was checked by a schema, and the key it stands under. */
interface KeyLocation {
  readonly key: string;
  readonly schema: z.ZodType;
  readonly value: unknown;
}

/** What is wrong with a value, one fault for each mistake. */
export function issuesOf(key: string, schema: z.ZodType, value: unknown): readonly LocatedFault[] {
  const { error } = schema.safeParse(value);
  const place = { key, schema, value };
  return (error?.issues ?? []).flatMap((issue) => issueFaults(place, issue, []));
}

function issueFaults(place: KeyLocation, issue: Issue, at: Path): readonly LocatedFault[] {
  const path = [...at, ...issue.path];
  const given = valueAt(place.value, path);
  const fault = (problem: string, below: Path = []): LocatedFault =>
    faultAt(place, [...path, ...below], problem);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((name) => fault(unknownKeyProblem(place, path, name), [name]));
    case "invalid_union":
      return unionFaults(place, issue.errors, path);
    case "custom":
    case "invalid_format":
      // Messages of our own. A custom one shows the value itself, in the words of its rule.
      return [fault(issue.code === "custom" ? issue.message : `${issue.message}; ${got(given)}`)];
    default:
      if (given === undefined) return [fault("is missing")];
      return [fault(`must be ${ruleOf(issue)}; ${got(given)}${quotesHint(issue, given)}`)];
  }
}

const faultAt = ({ key }: KeyLocation, path: Path, problem: string): LocatedFault => ({
  key: keyOf(key, path),
  problem,
  path,
});

/** A value fits one of several shapes. Speaks about the one that was most likely meant. */
function unionFaults(
  place: KeyLocation,
  branches: readonly (readonly Issue[])[],
  path: Path,
): readonly LocatedFault[] {
  const given = valueAt(place.value, path);
  const fault = (problem: string): LocatedFault => faultAt(place, path, problem);
  if (given === undefined) return [fault("is missing")];
  const shapes = branches.filter((issues) => !issues.some(isOfOtherKind));
  if (shapes.length === 0) {
    const rules = branches.map((issues) => issues.filter(isOfOtherKind).map(ruleOf)[0]);
    return [fault(`must be ${[...new Set(rules)].join(" or ")}; ${got(given)}`)];
  }

  const keys = Object.keys(given as object);
  if (
    shapes.length > 1 &&
    shapes.every((issues) => unrecognizedKeys(issues).length === keys.length)
  ) {
    const known = knownKeys(place.schema, path);
    if (keys.some((key) => nearest(key, known) !== undefined)) {
      return keys.map((key) => faultAt(place, [...path, key], unknownKey(key, known)));
    }
    const wanted = shapes.map((issues) => missingKeys(issues, given).join(" and "));
    return [fault(`must have either ${wanted.join(", or ")}; ${got(given)}`)];
  }
  const misfits = (issues: readonly Issue[]): number =>
    Math.min(1, unrecognizedKeys(issues).length) + missingKeys(issues, given).length;
  const [meant = []] = [...shapes].sort((a, b) => misfits(a) - misfits(b));
  return meant.flatMap((issue) => issueFaults(place, issue, path));
}

const unrecognizedKeys = (issues: readonly Issue[]): readonly string[] =>
  issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [],
  );

const isOfOtherKind = ({ path, code }: Issue): boolean =>
  path.length === 0 && (code === "invalid_type" || code === "invalid_value");

const missingKeys = (issues: readonly Issue[], given: unknown): readonly string[] =>
  issues
    .filter(({ path }) => path.length === 1 && valueAt(given, path) === undefined)
    .map(({ path: [key] }) => `'${String(key)}'`);

function unknownKeyProblem({ schema, value }: KeyLocation, path: Path, name: string): string {
  const known = knownKeys(schema, path);
  if (known.includes(name)) {
    const beside = Object.keys(valueAt(value, path) as object).filter((key) => key !== name);
    return `cannot stand beside ${beside.map((key) => `'${key}'`).join(", ")}: choose one`;
  }
  return unknownKey(name, known);
}

/** What to say about a key that does not exist, among those that do. */
export function unknownKey(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined
    ? `is not a known key; there are ${known.join(", ")}`
    : `is not a known key; did you mean '${meant}'?`;
}

const KINDS: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "a map",
  record: "a map",
  string: "text",
};

function ruleOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return KINDS[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.map((value) => JSON.stringify(value)).join(" or ");
    case "too_small":
      return issue.origin === "array"
        ? `a list of at least ${issue.minimum}`
        : issue.origin === "string"
          ? "text that is not empty"
          : `at least ${issue.minimum}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

/** YAML reads `1.30` as the number 1.3, and `on` as true. */
const quotesHint = (issue: Issue, given: unknown): string =>
  issue.code === "invalid_type" &&
  issue.expected === "string" &&
  (typeof given === "number" || typeof given === "boolean")
    ? "; put it in quotes"
    : "";

const LONGEST_SHOWN = 80;

/** The value as the user wrote it, more or less; the quotes tell a text from a number. */
function got(value: unknown): string {
  const shown = JSON.stringify(value);
  return `got ${shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown}`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}

/** `apps`, `[1, "database", "name"]` → `apps[1].database.name`, as `pulumi config --path` takes it. */
function keyOf(root: string, path: Path): string {
  return path.reduce<string>((key, step) => {
    if (typeof step === "number") return `${key}[${step}]`;
    const name = String(step);
    return /^[\w-]+$/.test(name) ? `${key}.${name}` : `${key}[${JSON.stringify(name)}]`;
  }, root);
}
