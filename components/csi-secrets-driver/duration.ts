const UNIT_SECONDS = {
  ns: 1e-9,
  us: 1e-6,
  "\u00b5s": 1e-6, // micro sign
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
} as const;

const PART = new RegExp(`(\\d+(?:\\.\\d+)?)(${Object.keys(UNIT_SECONDS).join("|")})`, "g");
const DURATION = new RegExp(`^(?:${PART.source})+$`);

/** Go keeps a duration as 64-bit nanoseconds. */
const LONGEST_SECONDS = 2 ** 63 / 1e9;

/**
 * The seconds in a positive duration such as `90s`, `1h30m` or `1.5m`, or `undefined`. Both the
 * driver and the provider parse their settings with Go, which reads some more ways to write one.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function positiveSeconds(duration: string): number | undefined {
  if (!DURATION.test(duration)) return undefined;
  const seconds = [...duration.matchAll(PART)].reduce(
    (sum, [, amount, unit]) =>
      sum + Number(amount) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS],
    0,
  );
  return seconds > 0 && seconds < LONGEST_SECONDS ? seconds : undefined;
}

export const durationProblem = (duration: string): string | undefined =>
  positiveSeconds(duration) === undefined
    ? 'must be a positive duration with a unit, such as "90s", "2m" or "1h30m"'
    : undefined;
