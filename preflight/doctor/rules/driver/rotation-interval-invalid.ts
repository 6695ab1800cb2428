import { goDurationSeconds } from "../../../delivery/go/duration";
import { isLate } from "../../../simulation/wire/unknown";
import type { Rule } from "../../rule";

export const rotationIntervalInvalid: Rule = {
  id: "rotation-interval-invalid",
  severity: "error",
  why:
    "The driver reads the interval as a duration of Go, which has a unit. It does not start on anything " +
    "else: its pods are in CrashLoopBackOff on every node, and nothing is mounted.",
  remedy: 'Write a number with its unit, for instance "30s" or "2m".',
  source: "https://pkg.go.dev/time#ParseDuration",
  check: ({ installs }) =>
    installs.flatMap(({ urn, name, driverValues: { rotationPollInterval: interval } }) => {
      if (NOT_SET.includes(interval) || isLate(interval)) return [];
      const given = JSON.stringify(interval);
      if (goDurationSeconds(typeof interval === "string" ? interval : given) !== undefined)
        return [];
      const message = `${name} sets rotationPollInterval to ${given}, which is no duration`;
      return [{ urn, message }];
    }),
};

/** What a template counts as false: the chart leaves the argument out. */
const NOT_SET: readonly unknown[] = [undefined, null, "", 0, false];
