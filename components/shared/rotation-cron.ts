/**
 * The cron expressions of Secrets Manager, as far as its documentation defines them.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */

const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const WEEKDAYS = "SUN MON TUE WED THU FRI SAT".split(" ");

/** Dates and weekdays repeat after so many years, so every gap of any year is one of theirs. */
const FIRST_YEAR = 2024;
const YEARS = 29;

const MILLISECONDS_OF_A_DAY = 86_400_000;

/** Hours of a day, in order; `undefined` for what is no field of hours. */
export const openingHours = (field: string): readonly number[] | undefined => values(field, 0, 23);

/**
 * Days of several years, counted from the first one, on which the three fields agree; `undefined`
 * for what Secrets Manager does not define. One of the two fields of days must be `?`.
 */
export function openingDays(
  dayOfMonth: string,
  month: string,
  dayOfWeek: string,
): readonly number[] | undefined {
  const months = values(month, 1, 12, MONTHS);
  const ofMonth = dayOfMonth === "?" ? () => true : dateMatcher(dayOfMonth);
  const ofWeek = dayOfWeek === "?" ? () => true : weekdayMatcher(dayOfWeek);
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) return undefined;
  if (months === undefined || ofMonth === undefined || ofWeek === undefined) return undefined;
  calendar ??= calendarDays();
  return calendar.flatMap((date, day) =>
    months.includes(date.month) && ofMonth(date) && ofWeek(date) ? day : [],
  );
}

interface CalendarDay {
  readonly day: number;
  readonly month: number;
  /** 1 is Sunday. */
  readonly weekday: number;
  /** Days that the month has after this one. */
  readonly left: number;
}

type Matcher = (date: CalendarDay) => boolean;

/** The same for every schedule, and made once. */
let calendar: readonly CalendarDay[] | undefined;

function calendarDays(): readonly CalendarDay[] {
  const first = Date.UTC(FIRST_YEAR, 0, 1);
  const count = (Date.UTC(FIRST_YEAR + YEARS, 0, 1) - first) / MILLISECONDS_OF_A_DAY;
  return Array.from({ length: count }, (_, day) =>
    calendarDay(new Date(first + day * MILLISECONDS_OF_A_DAY)),
  );
}

function calendarDay(date: Date): CalendarDay {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return { day, month: month + 1, weekday: date.getUTCDay() + 1, left: length - day };
}

function dateMatcher(field: string): Matcher | undefined {
  if (field === "L") return ({ left }) => left === 0;
  const days = values(field, 1, 31);
  return days && (({ day }) => days.includes(day));
}

function weekdayMatcher(field: string): Matcher | undefined {
  if (field === "L") return ({ weekday }) => weekday === 7;
  const [, name = "", last, occurrence] = /^(\w+?)(?:(L)|#([1-5]))$/.exec(field) ?? [];
  const days = values(name === "" ? field : name, 1, 7, WEEKDAYS);
  if (days === undefined) return undefined;
  const isDay: Matcher = ({ weekday }) => days.includes(weekday);
  if (last !== undefined) return (date) => isDay(date) && date.left < 7;
  if (occurrence === undefined) return isDay;
  return (date) => isDay(date) && Math.ceil(date.day / 7) === Number(occurrence);
}

/** The values of `*`, `5`, `1,3`, `2-6`, `JAN-MAR` or `0/8`, in order. */
function values(
  field: string,
  least: number,
  most: number,
  names: readonly string[] = [],
): readonly number[] | undefined {
  const parts = field.split(",").map((part) => range(part, least, most, names));
  const all = new Set(parts.flatMap((part) => part ?? []));
  return parts.includes(undefined) || all.size === 0 ? undefined : [...all].sort((a, b) => a - b);
}

function range(
  part: string,
  least: number,
  most: number,
  names: readonly string[],
): readonly number[] | undefined {
  const number = (text: string): number =>
    names.includes(text)
      ? names.indexOf(text) + least
      : /^\d{1,2}$/.test(text)
        ? Number(text)
        : NaN;
  const [span = "", step = "1", ...rest] = part.split("/");
  const [from = "", to, ...more] = span.split("-");
  const isAll = span === "*" || (span === "" && part !== "");
  const first = isAll ? least : number(from);
  const last = isAll || (to === undefined && part.includes("/")) ? most : number(to ?? from);
  const width = /^[1-9]\d?$/.test(step) ? Number(step) : NaN;
  const isRange = first >= least && first <= last && last <= most && width >= 1;
  if (!isRange || rest.length > 0 || more.length > 0) return undefined;
  return Array.from(
    { length: Math.floor((last - first) / width) + 1 },
    (_, i) => first + i * width,
  );
}
