/** Fields of a schedule as Kubernetes takes it, without the minute's set: restarts are hours apart. */
interface Cron {
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly daysOfWeek: ReadonlySet<number>;
  /** Whether a day has to match both of its fields, one of which is `*`; else either is enough. */
  readonly needsBoth: boolean;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const HOURS_A_DAY = 24;
const DAY_MS = HOURS_A_DAY * 3_600_000;
/** A leap year and those around it: every date occurs, 29 February included. */
const FROM = Date.UTC(2027, 0, 1);
const DAYS_OBSERVED = 3 * 366;

/**
 * The most hours between two restarts in a row of a schedule like `0 3 * * 0`; `undefined` where it is
 * no schedule that Kubernetes takes, `Infinity` where it is due on less than two days of three years. In any
 * zone but UTC an hour more, for the night in which summer time ends.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export function longestGapHours(schedule: string, timeZone = "Etc/UTC"): number | undefined {
  const cron = parsed(schedule);
  return cron && gapHours(cron) + (/^(Etc\/)?UTC$/.test(timeZone) ? 0 : 1);
}

function gapHours(cron: Cron): number {
  const hours = [...cron.hours].sort((a, b) => a - b);
  let before: number | undefined;
  let longest = 0;
  let days = 0;
  for (let day = 0; day < DAYS_OBSERVED; day++) {
    if (!isDue(cron, new Date(FROM + day * DAY_MS))) continue;
    days++;
    for (const hour of hours) {
      const at = day * HOURS_A_DAY + hour;
      if (before !== undefined) longest = Math.max(longest, at - before);
      before = at;
    }
  }
  return days < 2 ? Infinity : longest;
}

function parsed(schedule: string): Cron | undefined {
  const [minute, hour, dayOfMonth, month, dayOfWeek, ...more] = schedule.split(" ");
  const minutes = values(minute, 0, 59);
  const hours = values(hour, 0, 23);
  const daysOfMonth = values(dayOfMonth, 1, 31);
  const months = values(month, 1, 12, MONTHS);
  const daysOfWeek = values(dayOfWeek, 0, 6, DAYS);
  if (more.length > 0 || minutes === undefined || hours === undefined) return undefined;
  if (daysOfMonth === undefined || months === undefined || daysOfWeek === undefined) {
    return undefined;
  }
  const needsBoth = [dayOfMonth, dayOfWeek].some((field) => field?.startsWith("*"));
  return { hours, daysOfMonth, months, daysOfWeek, needsBoth };
}

/** `*`, `3` or `1-5`, each with a step (`/2`). */
const PART = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/;

/** The numbers of a field, which is a list; those that have names are numbered from the least. */
function values(
  field = "",
  least: number,
  most: number,
  names: readonly string[] = [],
): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  // What is none of the names is below the least.
  const numbers = field.replaceAll(/\b[a-z]{3}\b/gi, (name) =>
    String(names.indexOf(name.toLowerCase()) + least),
  );
  for (const part of numbers.split(",")) {
    const match = PART.exec(part);
    if (match === null) return undefined;
    const [, from, to, step = "1"] = match;
    const start = Number(from ?? least);
    const single = from !== undefined && to === undefined && !part.includes("/");
    const end = single ? start : Number(to ?? most);
    if (start < least || end > most || start > end || Number(step) < 1) return undefined;
    for (let value = start; value <= end; value += Number(step)) found.add(value);
  }
  return found;
}

function isDue(cron: Cron, date: Date): boolean {
  if (!cron.months.has(date.getUTCMonth() + 1)) return false;
  const ofMonth = cron.daysOfMonth.has(date.getUTCDate());
  const ofWeek = cron.daysOfWeek.has(date.getUTCDay());
  return cron.needsBoth ? ofMonth && ofWeek : ofMonth || ofWeek;
}
