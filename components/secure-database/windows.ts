const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const MINUTES_A_DAY = 24 * 60;
const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;
const SHORTEST = 30;

/** A recurring window, in minutes from the start of its day or week. */
interface Span {
  readonly start: number;
  readonly length: number;
}

const TIME = "([01]\\d|2[0-3]):([0-5]\\d)";
const DAY = `(${DAYS.join("|")})`;
const BACKUP_WINDOW = new RegExp(`^${TIME}-${TIME}$`);
const MAINTENANCE_WINDOW = new RegExp(`^${DAY}:${TIME}-${DAY}:${TIME}$`);

const modulo = (value: number, period: number): number => ((value % period) + period) % period;

const minutes = (hours?: string, minutes?: string): number => Number(hours) * 60 + Number(minutes);

const dayStart = (day?: string): number => DAYS.findIndex((known) => known === day) * MINUTES_A_DAY;

/** Daily, so minutes count from midnight; may run past midnight. */
function backupSpan(window: string): Span | undefined {
  const match = BACKUP_WINDOW.exec(window);
  if (match === null) return undefined;
  const [, startHour, startMinute, endHour, endMinute] = match;
  const start = minutes(startHour, startMinute);
  return { start, length: modulo(minutes(endHour, endMinute) - start, MINUTES_A_DAY) };
}

/** Weekly, so minutes count from the start of Monday; may run from Sunday into Monday. */
function maintenanceSpan(window: string): Span | undefined {
  const match = MAINTENANCE_WINDOW.exec(window);
  if (match === null) return undefined;
  const [, startDay, startHour, startMinute, endDay, endHour, endMinute] = match;
  const start = dayStart(startDay) + minutes(startHour, startMinute);
  const end = dayStart(endDay) + minutes(endHour, endMinute);
  return { start, length: modulo(end - start, MINUTES_A_WEEK) };
}

const spanProblem = (span: Span | undefined, form: string): string | undefined => {
  if (span === undefined) return `must be ${form}`;
  return span.length < SHORTEST ? `must be at least ${SHORTEST} minutes long` : undefined;
};

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupWindow.html */
export const backupWindowProblem = (window: string): string | undefined =>
  spanProblem(backupSpan(window), '"hh:mm-hh:mm" in UTC, such as "02:00-03:00"');

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html#AdjustingTheMaintenanceWindow */
export const maintenanceWindowProblem = (window: string): string | undefined =>
  spanProblem(
    maintenanceSpan(window),
    '"ddd:hh:mm-ddd:hh:mm" in UTC with days in lower case, such as "sun:03:30-sun:04:30"',
  );

/** Two spans on the circle of a week overlap when either begins inside the other. */
const overlap = (a: Span, b: Span): boolean =>
  modulo(b.start - a.start, MINUTES_A_WEEK) < a.length ||
  modulo(a.start - b.start, MINUTES_A_WEEK) < b.length;

/** What keeps a maintenance window from going with a backup window: they may touch, not overlap. */
export const overlapProblem =
  (backupWindow: string) =>
  (maintenanceWindow: string): string | undefined => {
    const daily = backupSpan(backupWindow);
    const weekly = maintenanceSpan(maintenanceWindow);
    if (daily === undefined || weekly === undefined) return undefined;
    const clash = DAYS.find((day) =>
      overlap(weekly, { ...daily, start: dayStart(day) + daily.start }),
    );
    return (
      clash &&
      `must not overlap the daily backup window "${backupWindow}", and overlaps the backup that ` +
        `begins on ${clash}; move 'maintenanceWindow' or 'backupWindow'`
    );
  };
