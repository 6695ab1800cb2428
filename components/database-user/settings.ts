import { positiveSeconds } from "../csi-secrets-driver/duration";
import {
  longestWindow,
  type RotationSchedule,
  rotationSchedule,
  windowHours,
} from "../shared/rotation-schedule";
import type { DatabaseUserArgs, RotationPeriod } from "./args";
import { userRoles } from "./role-names";

/** What an argument is when it is left out. */
export const DEFAULTS = {
  access: "owner",
  schema: "public",
  every: "30d",
  windowHours: 3,
  minimumAge: "10m",
  logRetentionDays: 30,
} as const;

/** When a secret rotates, all gaps filled. */
export interface RotationSettings {
  /** As the caller wrote it. */
  readonly every: string;
  readonly schedule: RotationSchedule;
  readonly windowHours: number;
}

/** The plain arguments with every gap filled. */
export interface UserSettings {
  readonly access: "owner" | "read";
  readonly users: readonly [string, string];
  readonly ownerRole: string;
  readonly schema: string;
  readonly rotation: RotationSettings | undefined;
  readonly minimumAgeSeconds: number;
  readonly logRetentionDays: number;
  readonly secretName: string | undefined;
}

/** Fills the gaps of arguments without problems. */
export function resolveSettings(name: string, args: DatabaseUserArgs): UserSettings {
  const { userNames, ownerRole } = userRoles(name, args);
  return {
    access: args.access ?? DEFAULTS.access,
    users: userNames,
    ownerRole,
    schema: args.schema ?? DEFAULTS.schema,
    rotation: rotationSettings(args.rotation),
    minimumAgeSeconds: positiveSeconds(args.minimumAge ?? DEFAULTS.minimumAge) ?? NaN,
    logRetentionDays: args.logRetentionDays ?? DEFAULTS.logRetentionDays,
    secretName: args.secretName,
  };
}

/** `undefined` for a user that does not rotate, and for a schedule that is none. */
export function rotationSettings(
  rotation: DatabaseUserArgs["rotation"] = {},
): RotationSettings | undefined {
  if (rotation === false) return undefined;
  const every = rotation.every ?? DEFAULTS.every;
  const schedule = rotationSchedule(every);
  if (schedule === undefined) return undefined;
  const defaultHours = Math.min(
    DEFAULTS.windowHours,
    longestWindow(schedule),
    Math.max(1, schedule.shortestHours - LEAST_GAP_HOURS),
  );
  return {
    every,
    schedule,
    windowHours: windowHours(rotation.window ?? "") ?? defaultHours,
  };
}

/** Pods that read variables are restarted every other hour, with an hour to spare. */
const LEAST_GAP_HOURS = 3;

/** What a reader of the secret must know of its rotation; `undefined` as above. */
export function rotationPeriod(
  rotation: DatabaseUserArgs["rotation"],
): Required<RotationPeriod> | undefined {
  const settings = rotationSettings(rotation);
  return settings && { every: settings.every, window: `${settings.windowHours}h` };
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The age that credentials only have where a rotation did not happen: the report comes once a day. */
export const overdueSeconds = ({ schedule, windowHours }: RotationSettings): number =>
  (schedule.longestHours + windowHours) * HOUR + DAY;
