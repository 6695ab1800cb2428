import type { Mount } from "../../facts";
import { distinct, listing } from "../../rule";
import type { Rule } from "../../rule";

/** What the driver asks for where an entry says nothing. */
const DEFAULT_PERMISSION = "0644";

export const fileUnreadable: Rule = {
  id: "file-unreadable",
  severity: "warning",
  why:
    "Files belong to root, and fsGroup does not change that for this volume: a process of another user reads " +
    "a file only where its mode lets everybody.",
  remedy: "Set filePermission to 0444 or 0644: the volume is seen by the pod alone.",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws/issues/222",
  check: ({ deliveries }) =>
    distinct(
      deliveries
        .filter(({ fileNames }) => fileNames.length > 0)
        .flatMap(({ mount }) => {
          const files = closedFiles(mount);
          if (files.length === 0) return [];
          const { workload, volume } = mount;
          const users = [...volume.mounts, ...volume.subPaths].map(({ container }) => container);
          return workload.containers
            .filter(({ name, isNotRoot }) => isNotRoot && users.includes(name))
            .map(({ name }) => ({
              urn: workload.urn,
              message: `the container ${name} of ${workload.label} is not root and cannot read ${listing(files)} of the volume ${volume.name}`,
            }));
        }),
    ),
};

/** Files that only their owner and his group read, with their modes. */
const closedFiles = ({ objects }: Mount): readonly string[] =>
  objects
    .flatMap(({ descriptor: { objectName, objectAlias, filePermission, jmesPath } }) =>
      jmesPath.length === 0
        ? [{ name: objectAlias || objectName, mode: filePermission }]
        : jmesPath.map((entry) => ({
            name: entry.objectAlias,
            mode: entry.filePermission || filePermission,
          })),
    )
    .filter(({ mode }) => !/[4-7]$/.test(mode || DEFAULT_PERMISSION))
    .map(({ name, mode }) => `"${name}" (${mode})`);
