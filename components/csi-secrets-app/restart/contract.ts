import * as pulumi from "@pulumi/pulumi";
import { isRecord } from "../../shared/checks";
import { because, type Problem } from "../../shared/problems";
import { rotationSchedule, shortestGapHours, windowHours } from "../../shared/rotation-schedule";
import type { CsiSecretsAppArgs } from "../args";
import type { RequestedValue, SourceKeys } from "../secrets/entries";
import { longestGapHours } from "./cron";

export type Restart = NonNullable<CsiSecretsAppArgs["restart"]>;
type RotationOf = NonNullable<CsiSecretsAppArgs["rotation"]>;
type Source = SourceKeys & Pick<CsiSecretsAppArgs, "rotation">;

/** Keys of a database's secret that no rotation changes. */
const FIXED_KEYS: readonly string[] = [
  ...["engine", "host", "port", "dbname", "dbInstanceIdentifier", "ssl"],
];

/** Poll interval, one publish by the kubelet, and a rollout: until then a pod has the old value. */
const LAG_HOURS = 1;

/** A variable whose value a rotation changes, and how often. */
interface RotatingVariable {
  readonly argument: string;
  /** Hours between two rotations, at least. */
  readonly hours: number;
}

/** The variables that keep a value which a rotation changes. */
export const rotatingVariables = (
  sources: readonly Source[],
  values: readonly RequestedValue[],
): readonly RotatingVariable[] =>
  values.flatMap(({ secret, keys, variable, argument }) => {
    const rotation = sources[secret]?.rotation;
    const hours = rotation === undefined ? undefined : hoursApart(rotation);
    // Without keys it is the whole secret.
    const changes = keys.length === 0 || keys.some((key) => !FIXED_KEYS.includes(key));
    return variable === undefined || hours === undefined || !changes ? [] : [{ argument, hours }];
  });

function hoursApart({ every, window = "" }: RotationOf): number | undefined {
  const schedule = rotationSchedule(every);
  return schedule && shortestGapHours(schedule, windowHours(window) ?? 0);
}

/** What restarts the pods, where the caller does not say. */
export const defaultRestart = (variables: readonly RotatingVariable[]): Restart =>
  variables.length > 0 ? "scheduled" : "none";

/** Sundays, nightly, or every other hour, whichever the shortest time between two rotations allows. */
export function defaultSchedule(
  variables: readonly RotatingVariable[],
  timeZone: string | undefined,
): string {
  const shortest = Math.min(...variables.map(({ hours }) => hours));
  return (
    ["0 3 * * 0", "0 3 * * *"].find((cron) => isSoonEnough(cron, timeZone, shortest)) ?? MOST_OFTEN
  );
}

/** As often as pods are restarted by default. */
const MOST_OFTEN = "0 */2 * * *";

const isSoonEnough = (cron: string, timeZone: string | undefined, hours: number): boolean =>
  leavesTime(longestGapHours(cron, timeZone) ?? Infinity, hours);

/** Variables are good for one period: a pod that started just before a rotation has the old value. */
const leavesTime = (gapHours: number, hours: number): boolean => gapHours + LAG_HOURS <= hours;

/** Without the driver's rotation a running pod keeps the files of its first mount. */
const driverProblem = (driver: unknown, sources: readonly Source[]): string | undefined =>
  pulumi.ComponentResource.isInstance(driver) &&
  "rotationPollInterval" in driver &&
  driver.rotationPollInterval === undefined &&
  sources.some(({ rotation }) => rotation !== undefined)
    ? "must be a CsiSecretsDriver with 'rotation': a secret of the app rotates, and without it the " +
      "files of a running pod never change"
    : undefined;

/** Mistakes between what rotates, what holds it, and what restarts the pods. */
export function restartProblems(
  args: Readonly<Record<string, unknown>>,
  sources: readonly Source[],
  values: readonly RequestedValue[],
): readonly Problem[] {
  const variables = rotatingVariables(sources, values);
  const restart = args.restart ?? defaultRestart(variables);
  const schedule = isRecord(args.restartSchedule) ? args.restartSchedule : {};
  const { cron } = schedule;
  const timeZone = typeof schedule.timeZone === "string" ? schedule.timeZone : undefined;
  const gapHours = typeof cron === "string" ? longestGapHours(cron, timeZone) : undefined;
  const [soonest] = [...variables].sort((a, b) => a.hours - b.hours);
  return [
    ...because("driver", driverProblem(args.driver, sources)),
    ...because(
      "restart",
      restart === "none" && soonest !== undefined
        ? 'must be "scheduled" or "reloader": a variable keeps the value of the pod\'s start, and ' +
            `these change with a rotation: ${variables.map(({ argument }) => `'${argument}'`).join(", ")}; ` +
            "or leave them out, and read the files"
        : undefined,
    ),
    ...because(
      "restartSchedule",
      args.restartSchedule !== undefined && restart !== "scheduled"
        ? `needs 'restart' "scheduled"; it is ${JSON.stringify(restart)}`
        : undefined,
    ),
    ...because(
      "restartSchedule.cron",
      gapHours !== undefined && soonest !== undefined && !leavesTime(gapHours, soonest.hours)
        ? `must restart the pods between any two rotations of '${soonest.argument}', which may be ` +
            `${soonest.hours} hours apart, with an hour to spare; up to ${gapHours} hours lie ` +
            "between two restarts"
        : undefined,
    ),
    ...because(
      "restart",
      restart === "scheduled" &&
        cron === undefined &&
        soonest !== undefined &&
        !isSoonEnough(MOST_OFTEN, timeZone, soonest.hours)
        ? `cannot restart the pods between any two rotations of '${soonest.argument}', which may be ` +
            `${soonest.hours} hours apart: shorten 'rotation.window', rotate less often, or restart them ` +
            'by "reloader"'
        : undefined,
    ),
  ];
}
