import { among } from "../among";
import type { Properties } from "../model";
import { inputValuesAt, pathTree, valuesAt, visitValues } from "../paths";
import { holdsUnknown, UNKNOWN } from "../../wire/unknown";
import type { ValueRule } from "../value-rules";

// What several Kubernetes kinds are checked with. None of it quotes a value: a check sees secrets without
// their envelopes.

/** What the API server would refuse about the inputs of one kind together. */
export type Check = (inputs: Properties) => readonly string[];

export type Rules = Readonly<Record<string, ValueRule>>;

/** The errors of several checks. */
export const checks =
  (...list: readonly Check[]): Check =>
  (inputs) =>
    list.flatMap((check) => check(inputs));

/** The rules of what lies under a path. */
export const under = (path: string, rules: Rules): Rules =>
  Object.fromEntries(Object.entries(rules).map(([inner, rule]) => [`${path}.${inner}`, rule]));

/**
 * The rules, of which those of text are not asked about an empty one: to the API server that is the
 * same as no value, and where one is required, `requires` says so. A key of a map is there even when
 * it is empty, and so is what a rule of `evenEmpty` is about.
 */
export const unlessEmpty = (rules: Rules): Rules =>
  Object.fromEntries(
    Object.entries(rules).map(([path, rule]) => [
      path,
      path.endsWith("{key}") || EVEN_EMPTY.has(rule)
        ? rule
        : (value: unknown) => (value === "" ? undefined : rule(value)),
    ]),
  );

const EVEN_EMPTY = new WeakSet<ValueRule>();

/** A rule for what is no text, or is one that the API server tells from none: a pointer in its types. */
export function evenEmpty(rule: ValueRule): ValueRule {
  const asked: ValueRule = (value) => rule(value);
  EVEN_EMPTY.add(asked);
  return asked;
}

/** A list holds no `null`, which is what an `undefined` in it becomes. */
export const noNullInLists: Check = (inputs) => nullsIn(inputs, "");

function nullsIn(value: unknown, path: string): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if (!Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, inner]) =>
      nullsIn(inner, path === "" ? key : `${path}.${key}`),
    );
  }
  return value.flatMap((item: unknown, index) => {
    const location = `${path}[${index}]`;
    return item === null || item === undefined
      ? [`${location} must not be null`]
      : nullsIn(item, location);
  });
}

/**
 * Values that must be there, by their paths: what follows the last `[]` or `?` must be there with all that
 * leads to it, e.g. `port` in `containers[].readinessProbe?.httpGet?.port` wherever there is an `httpGet`.
 */
export function requires(...paths: readonly string[]): Check {
  const split = paths.map((path) => {
    const [, holder = "", needed = ""] = /^(?:(.*(?:\[\]|\?))\.)?(.+)$/.exec(path) ?? [];
    return { holder: holder.replaceAll("?", ""), needed };
  });
  const holders = pathTree(split.map(({ holder }) => holder));
  return (inputs) => {
    const errors: { readonly index: number; readonly error: string }[] = [];
    visitValues(inputs, holders, (index, { path, value }) => {
      const needed = split[index]?.needed ?? "";
      if (typeof value !== "object" || !lacks(asRecord(value), needed)) return;
      errors.push({ index, error: `${path === "" ? "" : `${path}.`}${needed}: Required value` });
    });
    // In the order of the paths, not of the inputs.
    return errors.sort((a, b) => a.index - b.index).map(({ error }) => error);
  };
}

function lacks(record: Properties, path: string): boolean {
  let value: unknown = record;
  for (const step of path.split(".")) {
    if (value === UNKNOWN) return false;
    value = asRecord(value)[step];
  }
  return isNothing(value);
}

/** Absent, or what the API server cannot tell from that. */
export const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) && value.length === 0);

/** Present for certain: what is unknown may turn out to be empty. */
export const isThere = (value: unknown): boolean => !isNothing(value) && value !== UNKNOWN;

export interface RecordAt {
  readonly path: string;
  readonly record: Properties;
}

/** The objects under a path in which `?` changes nothing; an empty path is the inputs themselves. */
export const recordsAt = (inputs: Properties, path: string): readonly RecordAt[] =>
  valuesAt(inputs, path.replaceAll("?", "")).flatMap(({ path: location, value }) =>
    typeof value === "object" ? [{ path: location, record: asRecord(value) }] : [],
  );

/** The value as an object; an empty one where it is none. */
export const asRecord = (value: unknown): Properties =>
  typeof value === "object" && value !== null ? (value as Properties) : {};

/** Items of the lists under a path that have something in common with one before them. */
export const distinct =
  (list: string, key: string): Check =>
  (inputs) =>
    inputValuesAt(inputs, list).flatMap(({ path, value }) => {
      const seen = new Set<unknown>();
      const items = inputValuesAt({ list: value }, `list[].${key}`);
      return items
        .filter(({ value: item }) => item !== "" && !holdsUnknown(item))
        .filter(({ value: item }) => seen.size === seen.add(item).size)
        .map(
          ({ path: location }) =>
            `${path}${location.slice("list".length)} must be unique in the list`,
        );
    });

/** Objects that take exactly one of some properties, or at most one. */
export const oneAmong =
  (path: string, properties: readonly string[], least: 0 | 1 = 1): Check =>
  (inputs) =>
    recordsAt(inputs, path).flatMap(({ path: location, record }) => {
      const { possibly, certainly } = among(record, properties, isNothing);
      if (possibly.length >= least && certainly.length <= 1) return [];
      const count = least === 1 ? "exactly" : "at most";
      return [`${location} must have ${count} one of ${properties.join(", ")}`];
    });
