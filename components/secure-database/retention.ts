import { ArgError } from "../shared/arg-error";
import { checkWholeNumber } from "./whole-number";

export type Lifecycle = "protected" | "disposable";

const LIFECYCLES: readonly string[] = ["protected", "disposable"];

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** For callers without a type checker: anything else would count as not protected. */
export function checkLifecycle(component: string, lifecycle: string): void {
  if (LIFECYCLES.includes(lifecycle)) return;
  throw new ArgError(
    component,
    "lifecycle",
    `must be "protected" or "disposable"; got "${lifecycle}"`,
  );
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html */
export function checkBackupRetention(component: string, days: number, lifecycle: Lifecycle): void {
  const path = "backupRetentionDays";
  checkWholeNumber(component, path, days, { from: 0, to: 35, unit: "days" });
  if (days === 0 && lifecycle === "protected") {
    throw new ArgError(
      component,
      path,
      "must be at least 1 day when 'lifecycle' is \"protected\"; got 0, which turns backups off; " +
        "set 'lifecycle' to \"disposable\" if the data may be lost",
    );
  }
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
export function checkRecoveryWindow(component: string, days: number, lifecycle: Lifecycle): void {
  const path = "recoveryWindowDays";
  if (days === 0) {
    if (lifecycle === "disposable") return;
    throw new ArgError(
      component,
      path,
      "must be 7 to 30 days when 'lifecycle' is \"protected\"; got 0, which deletes the secret at " +
        "once; set 'lifecycle' to \"disposable\" if the secret may be lost",
    );
  }
  if (Number.isInteger(days) && days >= 7 && days <= 30) return;
  throw new ArgError(
    component,
    path,
    `must be a whole number from 7 to 30 days, or 0 to delete the secret at once; got ${days}`,
  );
}

export function checkLogRetention(component: string, days: number): void {
  if (LOG_RETENTION_DAYS.includes(days)) return;
  throw new ArgError(
    component,
    "logRetentionDays",
    `must be one of the periods that CloudWatch Logs keeps (${LOG_RETENTION_DAYS.join(", ")} ` +
      `days); got ${days}`,
  );
}
