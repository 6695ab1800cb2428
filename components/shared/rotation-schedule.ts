import { openingHours, openingDays } from "./rotation-cron";
import type { Rule } from "./problems";

/** When Secrets Manager rotates a secret. Windows open on the hour, in UTC. */
export interface RotationSchedule {
  /** As Secrets Manager takes it. */
  readonly rules:
    { readonly automaticallyAfterDays: number } | { readonly scheduleExpression: string };
  /** Hours between the openings of two windows in a row, at least. */
  readonly shortestHours: number;
  /** The same, at most. */
  readonly longestHours: number;
  /** The latest hour of a day at which a window opens. */
  readonly lastOpening: number;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html */
const MOST_DAYS = 1000;
/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html */
const LEAST_HOURS = 4;
const DAY = 24;

/**
 * Reads `30d`, `rate(12 hours)` or `cron(0 4 ? * SUN *)`; `undefined` for what Secrets Manager would
 * refuse.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function rotationSchedule(every: string): RotationSchedule | undefined {
  return days(every) ?? rate(every) ?? cron(every);
}

export const everyProblem: Rule<string> = (every) =>
  rotationSchedule(every) === undefined
    ? `must be a number of days from "1d" to "${MOST_DAYS}d", or a schedule of Secrets Manager that ` +
      `rotates every ${LEAST_HOURS} hours at most: "rate(12 hours)", "rate(10 days)", or ` +
      '"cron(0 4 ? * SUN *)" with 0 minutes and any year'
    : undefined;

function days(every: string): RotationSchedule | undefined {
  const count = Number(/^([1-9]\d{0,3})d$/.exec(every)?.[1]);
  return count <= MOST_DAYS
    ? { rules: { automaticallyAfterDays: count }, ...regular(count * DAY) }
    : undefined;
}

function rate(every: string): RotationSchedule | undefined {
  const [, digits, unit] = /^rate\(([1-9]\d{0,2}) (hour|day)s?\)$/.exec(every) ?? [];
  const hours = Number(digits) * (unit === "day" ? DAY : 1);
  return hours >= LEAST_HOURS
    ? { rules: { scheduleExpression: every }, ...regular(hours) }
    : undefined;
}

/** A rate in hours opens its windows at any hour; one in days at midnight. */
const regular = (hours: number) => ({
  shortestHours: hours,
  longestHours: hours,
  lastOpening: 0,
});

/** What was read: an expression is asked for again and again, and its windows are those of many years. */
const read = new Map<string, RotationSchedule | undefined>();

function cron(every: string): RotationSchedule | undefined {
  if (!read.has(every)) read.set(every, readCron(every));
  return read.get(every);
}

function readCron(every: string): RotationSchedule | undefined {
  const [, fields = ""] = /^cron\((.*)\)$/.exec(every) ?? [];
  const [minutes, hours = "", dayOfMonth = "", month = "", dayOfWeek = "", year, ...rest] =
    fields.split(" ");
  if (minutes !== "0" || year !== "*" || rest.length > 0) return undefined;
  const opening = openingHours(hours);
  const dates = openingDays(dayOfMonth, month, dayOfWeek);
  if (opening === undefined || dates === undefined) return undefined;
  const [firstOpening = 0, lastOpening = 0] = [opening[0], opening.at(-1)];
  const overnight = firstOpening - lastOpening;
  const gaps = [
    ...(dates.length === 0 ? [] : gapsOf(opening)),
    ...gapsOf(dates).map((days) => days * DAY + overnight),
  ];
  const shortestHours = Math.min(...gaps);
  if (gaps.length === 0 || shortestHours < LEAST_HOURS) return undefined;
  const longestHours = Math.max(...gaps);
  return { rules: { scheduleExpression: every }, shortestHours, longestHours, lastOpening };
}

/** The different gaps in a row of numbers. */
const gapsOf = (row: readonly number[]): readonly number[] => [
  ...new Set(row.slice(1).map((at, index) => at - (row[index] ?? at))),
];

/** The hours in `3h`; `undefined` where it is none. */
export function windowHours(window: string): number | undefined {
  const hours = Number(/^([1-9]\d?)h$/.exec(window)?.[1]);
  return hours <= DAY ? hours : undefined;
}

/** The longest window of a schedule: it must end before the next one, and on the same UTC day. */
export const longestWindow = ({ shortestHours, lastOpening }: RotationSchedule): number =>
  Math.min(shortestHours, DAY - lastOpening);

/** Hours between two rotations, at least: one at the end of its window, the next at the start. */
export const shortestGapHours = ({ shortestHours }: RotationSchedule, window: number): number =>
  shortestHours - window;

export const windowProblem: Rule<string> = (window) =>
  windowHours(window) === undefined
    ? 'must be a whole number of hours from "1h" to "24h"'
    : undefined;

/** What keeps a window from going with a schedule. */
export const longWindowProblem =
  (schedule: RotationSchedule): Rule<string> =>
  (window) => {
    const longest = longestWindow(schedule);
    return (windowHours(window) ?? 0) <= longest
      ? undefined
      : `must be at most "${longest}h" with this 'rotation.every', so that it ends on the same UTC ` +
          "day and before the next window";
  };
