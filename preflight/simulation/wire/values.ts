import { isUnknownText } from "./unknown";

/** Narrowing of what resources hold: data of unknown shape, read without trust. */

export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : [];

/** A text; `undefined` for what is none, or not known. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && !isUnknownText(value) ? value : undefined;

/** What a text says in JSON; `undefined` where it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The value at a path of property names, `undefined` where the path ends early. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((inner, key) => recordOf(inner)[key], value);

/** For sorting: by code unit, the same in every locale. */
export const byText =
  <T>(text: (item: T) => string) =>
  (a: T, b: T): number =>
    text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
