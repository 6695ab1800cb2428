import type { Rule } from "../shared/problems";
import { wholeNumberProblem } from "../shared/whole-number";

export const LIFECYCLES = ["protected", "disposable"] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html */
export const backupRetentionProblem = wholeNumberProblem(0, 35, "days");

/** What keeps a backup retention from going with a lifecycle. */
export const lostBackupsProblem =
  (lifecycle: Lifecycle): Rule<number> =>
  (days) =>
    days === 0 && lifecycle === "protected"
      ? "must be at least 1 day when 'lifecycle' is \"protected\", because 0 turns backups off; " +
        "set 'lifecycle' to \"disposable\" if the data may be lost"
      : undefined;

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
export const recoveryWindowProblem: Rule<number> = (days) =>
  days === 0 || (Number.isInteger(days) && days >= 7 && days <= 30)
    ? undefined
    : "must be a whole number from 7 to 30 days, or 0 to delete the secret at once";

/** What keeps a recovery window from going with a lifecycle. */
export const lostSecretProblem =
  (lifecycle: Lifecycle): Rule<number> =>
  (days) =>
    days === 0 && lifecycle === "protected"
      ? "must be 7 to 30 days when 'lifecycle' is \"protected\", because 0 deletes the secret at " +
        "once; set 'lifecycle' to \"disposable\" if the secret may be lost"
      : undefined;

export const logRetentionProblem: Rule<number> = (days) =>
  LOG_RETENTION_DAYS.includes(days)
    ? undefined
    : `must be one of the periods that CloudWatch Logs keeps (${LOG_RETENTION_DAYS.join(", ")} days)`;
