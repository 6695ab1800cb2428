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
      // The chart leaves the argument out where a template counts the value as false.
      if ([undefined, null, "", 0, false].includes(interval as null) || isLate(interval)) return [];
      const given = JSON.stringify(interval);
      if (goDurationSeconds(typeof interval === "string" ? interval : given) !== undefined)
        return [];
      const message = `${name} sets rotationPollInterval to ${given}, which is no duration`;
      return [{ urn, message }];
    }),
};
