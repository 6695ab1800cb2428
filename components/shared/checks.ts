import * as pulumi from "@pulumi/pulumi";
import {
  because,
  isLate,
  memberPath,
  type Problem,
  problem,
  type Rule,
  shown,
  type Show,
} from "./problems";

/**
 * All problems of a value of any type, as callers without a type checker may pass it. Checks are
 * composed from those of the parts; a rule sees a value only once its type is right.
 */
export type Check = (path: string, value: unknown, show?: Show) => readonly Problem[];

/** A check for each argument. */
export type CheckOf<Args> = { readonly [Name in keyof Required<Args>]: Check };

const unruled = (): undefined => undefined;

/** A plain string that keeps a rule. */
export const string =
  (rule: Rule<string> = unruled): Check =>
  (path, value, show = shown) =>
    typeof value === "string"
      ? problem(path, value, rule, show)
      : wrongType(path, value, "a string", show);

/** A plain number that keeps a rule. */
export const number =
  (rule: Rule<number> = unruled): Check =>
  (path, value, show = shown) =>
    typeof value === "number"
      ? problem(path, value, rule, show)
      : wrongType(path, value, "a number", show);

/** `true` or `false`. */
export const boolean: Check = (path, value, show = shown) =>
  typeof value === "boolean" ? [] : wrongType(path, value, "a boolean", show);

/** A function; what it returns is the matter of `transformed`. */
export const func: Check = (path, value, show = shown) =>
  typeof value === "function" ? [] : wrongType(path, value, "a function", show);

/** One of some plain values. */
export const oneOf =
  (...allowed: readonly (string | number)[]): Check =>
  (path, value, show = shown) => {
    if (isLate(value)) return wrongType(path, value, "a value", show);
    const rule = (given: unknown): string | undefined =>
      (allowed as readonly unknown[]).includes(given) ? undefined : `must be ${listed(allowed)}`;
    return problem(path, value, rule, show);
  };

/** `"a", "b" or "c"`. */
const listed = (allowed: readonly (string | number)[]): string => {
  const written = allowed.map((value) => JSON.stringify(value));
  return [written.slice(0, -1).join(", "), ...written.slice(-1)].filter(Boolean).join(" or ");
};

/** Nothing, or what another check accepts. */
export const optional =
  (check: Check): Check =>
  (path, value, show) =>
    value === undefined ? [] : check(path, value, show);

/** An Output or a promise, to be checked by `late` with the same check, or a plain value. */
export const orLate =
  (check: Check): Check =>
  (path, value, show) =>
    isLate(value) ? [] : check(path, value, show);

/** An object with these members. Further ones are left alone. */
export const object =
  (members: Readonly<Record<string, Check>>): Check =>
  (path, value, show = shown) =>
    isRecord(value)
      ? Object.entries(members).flatMap(([name, check]) =>
          check(memberPath(path, name), value[name], show),
        )
      : wrongType(path, value, "an object", show);

/** Rules of a record besides those of its values. */
interface RecordRules {
  /** Each name. */
  readonly name?: Rule<string>;
  /** All names together. */
  readonly names?: Rule<readonly string[]>;
}

/** An object with any names and values of one kind. */
export const record =
  (check: Check, { name: nameRule = unruled, names = unruled }: RecordRules = {}): Check =>
  (path, value, show = shown) =>
    isRecord(value)
      ? [
          ...because(path, names(Object.keys(value))),
          ...Object.entries(value).flatMap(([name, member]) => [
            ...problem(memberPath(path, name), name, nameRule),
            ...check(memberPath(path, name), member, show),
          ]),
        ]
      : wrongType(path, value, "an object", show);

/** A list of values of one kind; `rule` looks at the whole. */
export const list =
  (check: Check, rule: Rule<readonly unknown[]> = unruled): Check =>
  (path, value, show = shown) =>
    Array.isArray(value)
      ? [
          ...because(path, rule(value)),
          ...value.flatMap((item, index) => check(`${path}[${index}]`, item, show)),
        ]
      : wrongType(path, value, "a list", show);

/** True for an object that holds named values: no list, no Output, no resource. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !isLate(value) &&
  !pulumi.Resource.isInstance(value);

/** `type` with its article, as in "a string". */
const wrongType = (path: string, value: unknown, type: string, show: Show): readonly Problem[] =>
  because(
    path,
    isLate(value)
      ? `must be ${type.replace(/^an? /, "a plain ")}, not ${shown(value)}: it decides what is ` +
          "declared, before any Output is known; pass a constant or a value of the configuration"
      : `must be ${type}; got ${show(value)}`,
  );
