import type { PlannedLogin, PlannedRotation } from "../chain/rotation";
import { counted, joinDotted } from "./style";

/** Who logs in: `orders, orders_clone`. */
export const usersText = ({ users }: PlannedLogin): string => users?.join(", ") ?? "unknown";

/** What they are in the database: `take turns · act as orders_owner · own its objects`. */
export const rolesText = ({ users = [], access, role, readsFrom }: PlannedLogin): string =>
  joinDotted(
    users.length > 1 ? "take turns" : undefined,
    role === undefined ? undefined : `act as ${role}`,
    accessText(access, readsFrom),
  );

function accessText(access: string | undefined, readsFrom: string | undefined): string {
  switch (access) {
    case "master":
      return "the master user";
    case "owner":
      return "own what they make";
    case "read":
      return readsFrom === undefined ? "read only" : `read what ${readsFrom} owns`;
    default:
      return "access unknown";
  }
}

/** When it changes. */
export const scheduleText = ({ schedule }: PlannedRotation): string => schedule ?? "unknown";

/** What else is to be known of a change. */
export const changeText = ({ windowHours, by, users }: PlannedRotation): string =>
  joinDotted(
    windowHours === undefined ? undefined : `window of ${counted(windowHours, "hour")}`,
    by === undefined ? "by an unknown function" : undefined,
    users === "one" ? "one user, refused until pods follow" : undefined,
  );

/** How stale a file in a pod can be. */
export function lagText({ follows, lagSeconds }: PlannedRotation): string {
  if (follows === false) return "never in running pods";
  return follows === undefined || lagSeconds === undefined
    ? "in pods after an unknown time"
    : `in pods within ${Math.ceil(lagSeconds)} seconds`;
}
