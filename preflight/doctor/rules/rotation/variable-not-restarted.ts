import { distinct, listing, type Rule } from "../../rule";
import { type StaleVariables, staleVariables } from "../stale-variables";

const HOUR = 3600;

export const variableNotRestarted: Rule = {
  id: "variable-not-restarted",
  severity: "warning",
  why:
    "A variable keeps the value of the container's start. With two users in turn it is good until the next " +
    "rotation but one, with a single user until the next, and then each new connection is refused.",
  remedy:
    "Restart the pods within each period and with an hour to spare, by a CronJob or by Reloader with " +
    "enableCSIIntegration, or read the files at each connection.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/topics/secret-auto-rotation",
  check: (facts) =>
    distinct(
      staleVariables(facts).flatMap((stale) => {
        const message = messageOf(stale);
        return message === undefined ? [] : [{ urn: stale.mount.workload.urn, message }];
      }),
    ),
};

function messageOf({ mount, names, restart }: StaleVariables): string | undefined {
  const { label } = mount.workload;
  switch (restart.is) {
    case "unknown":
      return undefined;
    case "missing":
      return `nothing in the program restarts ${label} when a rotation changes ${listing(names)}`;
    case "late":
      return (
        `up to ${restart.gapSeconds / HOUR} hours lie between two restarts of ${label} by ${restart.by}, and as few ` +
        `as ${restart.leastGapSeconds / HOUR} between two rotations that change ${listing(names)}`
      );
  }
}
