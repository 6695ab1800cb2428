import { boolean, type Check, object, oneOf, optional, orLate, string } from "../../shared/checks";
import type { CsiSecretsAppArgs, RestartSchedule } from "../args";
import { image } from "../workload/checks";
import { longestGapHours } from "./cron";

const cron = string((value) =>
  longestGapHours(value) === undefined
    ? 'must be a schedule of five fields as Kubernetes takes it, for instance "0 3 * * 0"'
    : undefined,
);

const timeZone = string((value) =>
  /^[A-Z]\w*(\/[\w+-]+)*$/.test(value) && value !== "Local"
    ? undefined
    : 'must be the name of a time zone, for instance "Europe/Berlin"',
);

const SCHEDULE: Readonly<Record<keyof RestartSchedule, Check>> = {
  cron: optional(cron),
  timeZone: optional(timeZone),
  suspend: optional(boolean),
  image: optional(orLate(image)),
};

/** Arguments of what restarts the pods, each checked by itself. */
export const RESTART_CHECKS = {
  restart: optional(oneOf("reloader", "scheduled", "none")),
  restartSchedule: optional(object(SCHEDULE)),
} satisfies Partial<Record<keyof CsiSecretsAppArgs, Check>>;
