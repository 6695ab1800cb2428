import { form } from "../value-rules";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const A_DAY = 24 * 60;
const A_WEEK = 7 * A_DAY;
const SHORTEST = 30;

const TIME = "([01]\\d|2[0-3]):([0-5]\\d)";
const DAY = `(${DAYS.join("|")})`;
const DAILY = new RegExp(`^${TIME}-${TIME}$`);
const WEEKLY = new RegExp(`^${DAY}:${TIME}-${DAY}:${TIME}$`, "i");

export const DAILY_WINDOW = form(DAILY, "be hh:mm-hh:mm, such as 02:00-03:00");
export const WEEKLY_WINDOW = form(WEEKLY, "be ddd:hh:mm-ddd:hh:mm, such as sun:03:30-sun:04:30");

/** Minutes from the start of a day, or of Monday. */
interface Span {
  readonly start: number;
  readonly length: number;
}

const round = (minutes: number, period: number): number => ((minutes % period) + period) % period;

const at = (day: string, hours: string, minutes: string): number =>
  Math.max(0, DAYS.indexOf(day.toLowerCase())) * A_DAY + Number(hours) * 60 + Number(minutes);

function daily(window: unknown): Span | undefined {
  const [, h = "", m = "", endH = "", endM = ""] = DAILY.exec(String(window)) ?? [];
  if (h === "") return undefined;
  const start = at("", h, m);
  return { start, length: round(at("", endH, endM) - start, A_DAY) };
}

function weekly(window: unknown): Span | undefined {
  const [, day = "", h = "", m = "", endDay = "", endH = "", endM = ""] =
    WEEKLY.exec(String(window)) ?? [];
  if (day === "") return undefined;
  const start = at(day, h, m);
  return { start, length: round(at(endDay, endH, endM) - start, A_WEEK) };
}

const overlap = (a: Span, b: Span): boolean =>
  round(b.start - a.start, A_WEEK) < a.length || round(a.start - b.start, A_WEEK) < b.length;

/**
 * Both windows last half an hour, and no backup falls into the maintenance.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export function windowErrors(
  backupWindow: unknown,
  maintenanceWindow: unknown,
  prefix: "" | "preferred" = "",
): string[] {
  const named = (window: string): string =>
    prefix === "" ? window : `${prefix}${window.charAt(0).toUpperCase()}${window.slice(1)}`;
  const backup = daily(backupWindow);
  const maintenance = weekly(maintenanceWindow);
  const short = Object.entries({ backupWindow: backup, maintenanceWindow: maintenance })
    .filter(([, span]) => span !== undefined && span.length < SHORTEST)
    .map(([name]) => `${named(name)} must be at least ${SHORTEST} minutes long`);
  if (short.length > 0 || backup === undefined || maintenance === undefined) return short;
  const clashes = DAYS.some((_, day) =>
    overlap(maintenance, { ...backup, start: day * A_DAY + backup.start }),
  );
  const both = ["backupWindow", "maintenanceWindow"].map(named).join(" and ");
  return clashes ? [`${both} must not overlap`] : [];
}
