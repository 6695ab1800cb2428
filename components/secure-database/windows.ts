import { ArgError } from "../shared/arg-error";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const MINUTES_A_DAY = 24 * 60;
const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;
const SHORTEST = 30;

/** A stretch of time that comes round again, in minutes from the start of its day or week. */
interface Span {
  readonly start: number;
  readonly length: number;
}

const TIME = "([01]\\d|2[0-3]):([0-5]\\d)";
const DAY = `(${DAYS.join("|")})`;
const BACKUP_WINDOW = new RegExp(`^${TIME}-${TIME}$`);
const MAINTENANCE_WINDOW = new RegExp(`^${DAY}:${TIME}-${DAY}:${TIME}$`);

const modulo = (value: number, period: number): number => ((value % period) + period) % period;

const minutes = (hours = "", minutes = ""): number => Number(hours) * 60 + Number(minutes);

const dayStart = (day = ""): number => DAYS.findIndex((known) => known === day) * MINUTES_A_DAY;

/** Daily, so minutes count from midnight; may run past midnight. */
function backupSpan(component: string, window: string): Span {
  const match = BACKUP_WINDOW.exec(window);
  if (match === null) {
    throw new ArgError(
      component,
      "backupWindow",
      `must be "hh:mm-hh:mm" in UTC, such as "02:00-03:00"; got "${window}"`,
    );
  }
  const [, startHour, startMinute, endHour, endMinute] = match;
  const start = minutes(startHour, startMinute);
  const length = modulo(minutes(endHour, endMinute) - start, MINUTES_A_DAY);
  return longEnough(component, "backupWindow", window, { start, length });
}

/** Weekly, so minutes count from the start of Monday; may run from Sunday into Monday. */
function maintenanceSpan(component: string, window: string): Span {
  const match = MAINTENANCE_WINDOW.exec(window);
  if (match === null) {
    throw new ArgError(
      component,
      "maintenanceWindow",
      `must be "ddd:hh:mm-ddd:hh:mm" in UTC with days in lower case, ` +
        `such as "sun:03:30-sun:04:30"; got "${window}"`,
    );
  }
  const [, startDay, startHour, startMinute, endDay, endHour, endMinute] = match;
  const start = dayStart(startDay) + minutes(startHour, startMinute);
  const end = dayStart(endDay) + minutes(endHour, endMinute);
  const length = modulo(end - start, MINUTES_A_WEEK);
  return longEnough(component, "maintenanceWindow", window, { start, length });
}

function longEnough(component: string, path: string, window: string, span: Span): Span {
  if (span.length >= SHORTEST) return span;
  throw new ArgError(
    component,
    path,
    `must be at least ${SHORTEST} minutes long; got "${window}" (${span.length} minutes)`,
  );
}

/** Two spans on the circle of a week overlap when either begins inside the other. */
const overlap = (a: Span, b: Span): boolean =>
  modulo(b.start - a.start, MINUTES_A_WEEK) < a.length ||
  modulo(a.start - b.start, MINUTES_A_WEEK) < b.length;

/**
 * Both windows well formed, and apart on every day of the week. They may touch. Times are UTC.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupWindow.html
 */
export function checkWindows(
  component: string,
  backupWindow: string,
  maintenanceWindow: string,
): void {
  const daily = backupSpan(component, backupWindow);
  const weekly = maintenanceSpan(component, maintenanceWindow);
  const clash = DAYS.find((day) =>
    overlap(weekly, { ...daily, start: dayStart(day) + daily.start }),
  );
  if (clash === undefined) return;
  throw new ArgError(
    component,
    "maintenanceWindow",
    `must not overlap the daily backup window "${backupWindow}"; got "${maintenanceWindow}", ` +
      `which overlaps the backup that begins on ${clash}; move 'maintenanceWindow' or 'backupWindow'`,
  );
}
