import { Cron } from "croner";
import { goDurationSeconds } from "../../delivery/go/duration";

/** Seconds between two times in a row of a schedule. */
export interface Gaps {
  readonly shortestSeconds: number;
  readonly longestSeconds: number;
}

const HOUR = 3600;
const HOURS_A_DAY = 24;
const DAY_MS = HOURS_A_DAY * HOUR * 1000;
/** Two leap years are among them. What is due less than twice has the whole time as its gap. */
const FROM = Date.UTC(2024, 0, 1);
const DAYS = 8 * 365 + 2;

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax */
const NAMED: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

/**
 * The gaps of a CronJob's schedule, in whole hours; `undefined` where it cannot be read. A zone with
 * summer time makes one gap a year longer, and one shorter.
 */
export function cronJobGaps(schedule: string, timeZone = "Etc/UTC"): Gaps | undefined {
  const [, duration] = /^@every (\S+)$/.exec(schedule) ?? [];
  if (duration !== undefined) {
    const seconds = goDurationSeconds(duration);
    return seconds === undefined
      ? undefined
      : { shortestSeconds: seconds, longestSeconds: seconds };
  }
  const fields = (NAMED[schedule] ?? schedule).trim().split(/ +/);
  const [, hour = "", dayOfMonth = "", month = "", dayOfWeek = ""] = fields;
  if (fields.length !== 5) return undefined;
  // As the parser of Kubernetes: either field of days is enough, unless one of them begins with a star.
  const needsBoth = [dayOfMonth, dayOfWeek].some((field) => /^[*?]/.test(field));
  const gaps = gapsOf(hour, [dayOfMonth, month, dayOfWeek], { domAndDow: needsBoth });
  const shift = /^(Etc\/)?UTC$/.test(timeZone) ? 0 : HOUR;
  return (
    gaps && {
      shortestSeconds: gaps.shortestSeconds - shift,
      longestSeconds: gaps.longestSeconds + shift,
    }
  );
}

/**
 * The gaps of `cron(…)` of Secrets Manager; `undefined` where it cannot be read.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function rotationCronGaps(expression: string): Gaps | undefined {
  const [, hour, dayOfMonth = "", month = "", dayOfWeek = ""] =
    /^cron\(0 (\S+) (\S+) (\S+) (\S+) \*\)$/.exec(expression) ?? [];
  if (hour === undefined) return undefined;
  // The last day of a week is Saturday.
  const days = [dayOfMonth, month, dayOfWeek.replace(/^L$/, "7")];
  return gapsOf(hour, days, { alternativeWeekdays: true });
}

function gapsOf(hour: string, days: readonly string[], options: object): Gaps | undefined {
  try {
    const hours = times(`0 ${hour} * * *`, {}, DAY_MS).map((time) => time / (HOUR * 1000));
    const isEachDay = days.every((field) => /^[*?]$/.test(field));
    const gaps = isEachDay ? [1] : daysBetween(days.join(" "), options);
    const overnight = (hours[0] ?? 0) - (hours.at(-1) ?? 0);
    const inHours = [
      ...(gaps.length === 0 ? [DAYS * HOURS_A_DAY] : steps(hours)),
      ...gaps.map((count) => count * HOURS_A_DAY + overnight),
    ];
    return {
      shortestSeconds: Math.min(...inHours) * HOUR,
      longestSeconds: Math.max(...inHours) * HOUR,
    };
  } catch {
    return undefined;
  }
}

/** By pattern and options: the schedules of a stack share a few, and to go through the years takes time. */
const known = new Map<string, readonly number[]>();

/** Days between two due days in a row. Throws where the pattern is none. */
function daysBetween(pattern: string, options: object): readonly number[] {
  const key = JSON.stringify([pattern, options]);
  let gaps = known.get(key);
  if (gaps === undefined) {
    gaps = steps(times(`0 0 ${pattern}`, options, DAYS * DAY_MS)).map((ms) => ms / DAY_MS);
    known.set(key, gaps);
  }
  return gaps;
}

/** When a pattern is due within a time, in milliseconds from its beginning. Throws where it is none. */
function times(pattern: string, options: object, within: number): readonly number[] {
  const cron = new Cron(pattern.replaceAll("?", "*"), {
    ...{ timezone: "UTC", mode: "5-part", sloppyRanges: true, ...options },
  });
  const found: number[] = [];
  let next = cron.nextRun(new Date(FROM - 1));
  while (next !== null && next.getTime() < FROM + within) {
    found.push(next.getTime() - FROM);
    next = cron.nextRun(next);
  }
  return found;
}

const steps = (row: readonly number[]): readonly number[] =>
  row.slice(1).map((at, index) => at - (row[index] ?? at));
