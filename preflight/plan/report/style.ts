import picocolors from "picocolors";

/** The roles that colour plays in the text report. */
export interface Style {
  readonly heading: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly notable: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
}

/** `colour` may be the `isTTY` of a stream, which Node leaves undefined where there is no terminal. */
export function style(colour: boolean | undefined): Style {
  // Left to itself, picocolors colours what it prints in CI.
  const { bold, dim, yellow, green, red } = picocolors.createColors(colour ?? false);
  return { heading: bold, quiet: dim, notable: yellow, good: green, bad: red };
}

/** `1 file`, `2 files`. */
export const counted = (count: number, thing: string, things = `${thing}s`): string =>
  `${count} ${count === 1 ? thing : things}`;

/** What is there, with dots between. */
export const joinDotted = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join(" · ");
