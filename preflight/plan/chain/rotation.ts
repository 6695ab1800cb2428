import type { Facts, Mount, RotatedMount, StoredSecret } from "../../doctor/facts";

/** Who logs in to the database with a secret. */
export interface PlannedLogin {
  /** The users; of two that take turns, both. `undefined` where they are not known. */
  readonly users: readonly string[] | undefined;
  /** `owner`, `read`, or `master` for the user that RDS makes; `undefined` where it is not known. */
  readonly access: string | undefined;
  /** The role that they act as; absent where it is the user itself. */
  readonly role?: string | undefined;
  /** The role whose objects a reader reads. */
  readonly readsFrom?: string | undefined;
}

/** When a secret changes, and how the files of an app's pods follow. */
export interface PlannedRotation {
  /** `every 30 days`, or an expression of Secrets Manager; `undefined` where it is not known. */
  readonly schedule: string | undefined;
  /** How long a rotation may be late; `undefined` where nobody says, or it is not known. */
  readonly windowHours: number | undefined;
  /** What makes the next value; `undefined` where that is not known. */
  readonly by: "DatabaseUser" | "AWS" | "RDS" | undefined;
  /** Users that get passwords: one, or two in turn; `undefined` where that is not known. */
  readonly users: "one" | "two" | undefined;
  /** Whether files follow, and within how many seconds at most; `undefined` where that is not known. */
  readonly follows: boolean | undefined;
  readonly lagSeconds: number | undefined;
}

/** `undefined` for a secret of which nobody in the program says who logs in with it. */
export function loginOf(
  { arn, masterPasswordOf }: StoredSecret,
  { databases, rotationFunctions }: Facts,
): PlannedLogin | undefined {
  const user = rotationFunctions.find(({ settings }) => settings?.secretArn === arn)?.settings;
  if (user !== undefined) {
    const { users, access, ownerRole: role, readsFrom } = user;
    return { users: users.length === 0 ? undefined : users, access, role, readsFrom };
  }
  const database = databases.find(({ urn }) => masterPasswordOf.includes(urn));
  if (database === undefined) return undefined;
  const { username } = database;
  return { users: username === undefined ? undefined : [username], access: "master" };
}

/** By what the class calls the secret. */
export const rotationsIn = (
  mount: Mount,
  { rotatedMounts }: Facts,
): ReadonlyMap<string, PlannedRotation> =>
  new Map(
    rotatedMounts
      .filter((rotated) => rotated.mount === mount)
      .map((rotated) => [rotated.object.descriptor.objectName, planned(rotated)]),
  );

const HOUR = 3600;

function planned({ rotation, follows }: RotatedMount): PlannedRotation {
  const { schedule, windowSeconds, by } = rotation;
  return {
    schedule,
    windowHours: windowSeconds === undefined ? undefined : windowSeconds / HOUR,
    by: typeof by === "object" ? by.code : by,
    // RDS has one master user.
    users: typeof by === "object" ? by.users : by && "one",
    follows: follows.isOn,
    lagSeconds: follows.lagSeconds,
  };
}
