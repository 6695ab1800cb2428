import { ArgError } from "../shared/arg-error";

/** What a number may be; both ends are allowed. */
export interface Limits {
  readonly from: number;
  readonly to: number;
  /** Shown after the limits, e.g. `GiB`. */
  readonly unit?: string;
}

export function checkWholeNumber(
  component: string,
  path: string,
  value: number,
  { from, to, unit }: Limits,
): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  const limits = `from ${from} to ${to}${unit === undefined ? "" : ` ${unit}`}`;
  throw new ArgError(component, path, `must be a whole number ${limits}; got ${value}`);
}
