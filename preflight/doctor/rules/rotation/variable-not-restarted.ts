import { keysIn } from "../../../delivery";
import { ANY_WORKLOAD, type Mount } from "../../facts";
import { distinct, listing, type Rule } from "../../rule";
import { isReloaded } from "../restarters";

/** Keys of a database's secret that a rotation leaves as they are. */
const FIXED_KEYS: readonly string[] = [
  ...["engine", "host", "port", "dbname", "dbInstanceIdentifier", "dbClusterIdentifier", "ssl"],
];

/** Their pods are new for each run. */
const ENDING: readonly string[] = ["Job", "CronJob"];

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
  check: ({ rotations, mounts, charts, restarted }) => {
    if (restarted.has(ANY_WORKLOAD)) return [];
    const rotating = new Set(rotations.flatMap(({ secret }) => secret?.urn ?? []));
    return distinct(
      mounts
        .filter((mount) => !isReloaded(mount, charts) && !ENDING.includes(mount.workload.kind))
        .filter(({ workload: { namespace, name } }) => !restarted.has(`${namespace}/${name}`))
        .flatMap((mount) => {
          const stale = staleVariables(mount, rotating);
          if (stale.length === 0) return [];
          const { workload } = mount;
          const message = `nothing in the program restarts ${workload.label} when a rotation changes ${listing(stale)}`;
          return [{ urn: workload.urn, message }];
        }),
    );
  },
};

/** Variables from a Secret that the driver makes of the mount, with a value that a rotation changes. */
function staleVariables(
  { workload, providerClass, objects }: Mount,
  rotating: ReadonlySet<string>,
): readonly string[] {
  const changing = new Set(
    objects
      .filter(({ secret }) => secret !== undefined && rotating.has(secret.urn))
      .flatMap(({ descriptor: { jmesPath, objectAlias, objectName } }) => [
        objectAlias || objectName,
        ...jmesPath
          .filter(({ path }) => keysIn(path).some((key) => !FIXED_KEYS.includes(key)))
          .map((entry) => entry.objectAlias),
      ]),
  );
  return workload.variables.flatMap(({ name, secretKeyRef }) => {
    const made = providerClass.secretObjects.find(
      ({ secretName }) => secretName === secretKeyRef?.name,
    );
    const file = made?.data.find(({ key }) => key === secretKeyRef?.key)?.objectName;
    return file !== undefined && changing.has(file) ? [name] : [];
  });
}
