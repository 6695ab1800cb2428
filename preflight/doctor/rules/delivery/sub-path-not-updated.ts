import type { Rule } from "../../rule";

export const subPathNotUpdated: Rule = {
  id: "sub-path-not-updated",
  severity: "warning",
  why:
    "A container that mounts a volume by subPath keeps the file of its start: what rotation writes later " +
    "never gets there.",
  remedy: "Mount the whole volume, and let the app read the file in it.",
  source: "https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath",
  check: ({ installs, workloads, rotatedMounts }) =>
    workloads
      .filter(({ cluster }) =>
        installs.some(
          (each) =>
            each.cluster === cluster &&
            each.installsDriver &&
            (!each.valuesKnown || each.driverValues.enableSecretRotation === true),
        ),
      )
      .flatMap(({ urn, label, volumes }) =>
        volumes.flatMap((volume) => {
          const rotated = rotatedMounts.find(({ mount }) => mount.volume === volume);
          const never =
            rotated === undefined
              ? "never sees it rotate"
              : `keeps what the secret ${rotated.secret} held at its start, until it rotates and after`;
          return volume.subPaths.map(({ container, subPath }) => ({
            urn,
            message: `the container ${container} of ${label} mounts ${subPath} of the volume ${volume.name} by subPath and ${never}`,
          }));
        }),
      ),
};
