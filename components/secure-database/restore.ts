import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Check, isRecord, object, optional, orLate, string } from "../shared/checks";
import { because, memberPath, type Problem, type Rule } from "../shared/problems";
import type { PointInTime, SecureDatabaseArgs } from "./args";
import { identifierProblem } from "./identifiers";
import { snapshotIdentifierProblem } from "./references";

/** The instance's own moment, and the newest one that the backups reach. */
const LATEST = "latest";

/** The provider takes whole seconds in UTC. */
function timeProblem(time: string): string | undefined {
  const date = new Date(time);
  const isMoment =
    // A year has four digits; a date may have more.
    /^\d{4}-/.test(time) &&
    !Number.isNaN(date.getTime()) &&
    // A day that does not exist becomes another one.
    date.toISOString() === time.replace("Z", ".000Z");
  return time === LATEST || isMoment
    ? undefined
    : 'must be "latest", or a moment in UTC, such as "2026-11-26T08:15:00Z"';
}

const resourceIdProblem = (id: string): string | undefined =>
  /^db-[A-Z0-9]{10,}$/.test(id)
    ? undefined
    : 'must be the resource id of a DB instance ("db-…", capitals and digits)';

const backupsArnProblem = (arn: string): string | undefined =>
  /^arn:[a-z-]+:rds:[a-z0-9-]+:\d{12}:auto-backup:ab-[a-z0-9-]+$/.test(arn)
    ? undefined
    : 'must be the ARN of automated backups ("arn:aws:rds:REGION:ACCOUNT:auto-backup:ab-…")';

/** What a point in time is one of, and what the provider calls it. */
const SOURCES = {
  sourceInstanceIdentifier: "sourceDbInstanceIdentifier",
  sourceResourceId: "sourceDbiResourceId",
  sourceBackupsArn: "sourceDbInstanceAutomatedBackupsArn",
} as const satisfies Partial<
  Record<keyof PointInTime, keyof aws.types.input.rds.InstanceRestoreToPointInTime>
>;
export type Source = keyof typeof SOURCES;
export const SOURCE_NAMES = Object.keys(SOURCES) as Source[];

export const SOURCE_CHECKS: Readonly<Record<Source, Check>> = {
  sourceInstanceIdentifier: string(identifierProblem),
  sourceResourceId: string(resourceIdProblem),
  sourceBackupsArn: string(backupsArnProblem),
};
export const snapshotCheck = string(snapshotIdentifierProblem);

const pointInTime: Check = (path, value, show) => [
  ...object({
    time: string(timeProblem),
    ...Object.fromEntries(
      SOURCE_NAMES.map((source) => [source, optional(orLate(SOURCE_CHECKS[source]))]),
    ),
  })(path, value, show),
  ...(isRecord(value) ? oneSourceProblems(path, value) : []),
];

function oneSourceProblems(
  path: string,
  value: Readonly<Record<string, unknown>>,
): readonly Problem[] {
  const given = SOURCE_NAMES.filter((source) => value[source] !== undefined);
  if (given.length === 1) return [];
  const got = given.length === 0 ? "none" : given.join(" and ");
  return because(path, `must have one of ${SOURCE_NAMES.join(", ")}; got ${got}`);
}

/** Either of the two ways back. */
export const restoreFromCheck: Check = (path, value, show) => {
  if (!isRecord(value) || value.pointInTime === undefined) {
    return object({ snapshotIdentifier: orLate(snapshotCheck) })(path, value, show);
  }
  return value.snapshotIdentifier === undefined
    ? pointInTime(memberPath(path, "pointInTime"), value.pointInTime, show)
    : because(path, "must have either 'snapshotIdentifier' or 'pointInTime'; got both");
};

/** RDS restores into a new instance, and makes none of a name that is taken. */
export const restoredIntoItselfProblem =
  (restoreFrom: SecureDatabaseArgs["restoreFrom"]): Rule<string> =>
  (identifier) =>
    restoreFrom !== undefined &&
    "pointInTime" in restoreFrom &&
    restoreFrom.pointInTime.sourceInstanceIdentifier === identifier
      ? "must not be that of the instance to restore: RDS restores into a new one; leave " +
        "'identifier' out, or choose another"
      : undefined;

/** What an instance with data is made from. */
export interface Restored {
  /** As the provider takes it. */
  readonly inputs: Pick<aws.rds.InstanceArgs, "snapshotIdentifier" | "restoreToPointInTime">;
  /** The same as strings alone, for the keepers of a random suffix. */
  readonly keepers: Readonly<Record<string, pulumi.Input<string>>>;
}

export const restoredFrom = (snapshotIdentifier: pulumi.Input<string>): Restored => ({
  inputs: { snapshotIdentifier },
  keepers: { snapshotIdentifier },
});

/** A moment of one source. */
export function restoredTo(time: string, source: Source, value: pulumi.Input<string>): Restored {
  const from = { [SOURCES[source]]: value };
  const at = time === LATEST ? { useLatestRestorableTime: true } : { restoreTime: time };
  return {
    inputs: { restoreToPointInTime: { ...at, ...from } },
    keepers: { restoreTime: time, ...from },
  };
}
