import { ANY_WORKLOAD, grouped } from "../../facts";
import { distinct, listing, type Rule } from "../../rule";
import { isReloaded } from "../restarters";
import { rotatingFiles, variablesOfFiles } from "../rotating-values";

/** Their pods are new each time, and gone before long. */
const SHORT_LIVED: readonly string[] = ["Job", "CronJob"];

export const variableNotRestarted: Rule = {
  id: "variable-not-restarted",
  severity: "warning",
  why:
    "A variable keeps the value of the container's start. With two users in turn it is good until the next " +
    "rotation but one, with a single user until the next, and then each new connection is refused.",
  remedy:
    "Restart the pods within each period, by Reloader with enableCSIIntegration or by a CronJob, or read " +
    "the files at each connection.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/topics/secret-auto-rotation",
  check: ({ rotatedMounts, charts, restarted }) => {
    if (restarted.has(ANY_WORKLOAD)) return [];
    return distinct(
      [...grouped(rotatedMounts, ({ mount }) => mount)]
        .filter(([{ workload }]) => !SHORT_LIVED.includes(workload.kind))
        .filter(([mount]) => !isReloaded(mount, charts))
        .filter(([{ workload }]) => !restarted.has(`${workload.namespace}/${workload.name}`))
        .flatMap(([mount, rotated]) => {
          const files = rotated.flatMap(({ object }) => rotatingFiles(object));
          const stale = variablesOfFiles(mount, files);
          if (stale.length === 0) return [];
          const { urn, label } = mount.workload;
          const message = `nothing in the program restarts ${label} when a rotation changes ${listing(stale)}`;
          return [{ urn, message }];
        }),
    );
  },
};
