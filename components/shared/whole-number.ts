import type { Rule } from "./problems";

/** A whole number between two limits, both of which are allowed; `unit` follows them, e.g. `GiB`. */
export const wholeNumberProblem =
  (from: number, to: number, unit?: string): Rule<number> =>
  (value) =>
    Number.isInteger(value) && value >= from && value <= to
      ? undefined
      : `must be a whole number from ${from} to ${to}${unit === undefined ? "" : ` ${unit}`}`;
