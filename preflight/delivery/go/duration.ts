const UNIT_SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  "\u00b5s": 1e-6, // micro sign
  "\u03bcs": 1e-6, // Greek letter mu
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

const UNITS = Object.keys(UNIT_SECONDS).join("|");
const PART = `(\\d+\\.?\\d*|\\.\\d+)(${UNITS})`;
const DURATION = new RegExp(`^[-+]?(?:0|(?:${PART})+)$`);

/** Go keeps a duration as 64-bit nanoseconds. */
const LONGEST_SECONDS = 2 ** 63 / 1e9;

/**
 * The seconds in a duration as Go writes it (`90s`, `1h30m`, `1.5m`), or `undefined` where Go would
 * not read it. Both the driver and the provider parse their settings with Go.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function goDurationSeconds(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(new RegExp(PART, "g"))) {
    seconds += Number(amount) * (UNIT_SECONDS[unit ?? ""] ?? 0);
  }
  if (seconds >= LONGEST_SECONDS) return undefined;
  return text.startsWith("-") ? -seconds : seconds;
}
