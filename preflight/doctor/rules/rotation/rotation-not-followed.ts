import { distinct, type Rule } from "../../rule";
import type { Mount } from "../../facts";

export const rotationNotFollowed: Rule = {
  id: "rotation-not-followed",
  severity: "error",
  why:
    "The files of a running pod keep the value of its first mount where the driver's own rotation is off, " +
    "and the database refuses it one rotation later.",
  remedy: "Set enableSecretRotation to true for the driver.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/topics/secret-auto-rotation",
  check: ({ rotations, mounts, installs }) => {
    const rotating = new Set(rotations.map(({ secret }) => secret?.urn));
    const isOff = ({ workload }: Mount): boolean =>
      installs.some(
        ({ cluster, installsDriver, valuesKnown, driverValues }) =>
          cluster === workload.cluster &&
          installsDriver &&
          valuesKnown &&
          driverValues.enableSecretRotation !== true,
      );
    return distinct(
      mounts.filter(isOff).flatMap(({ workload, objects }) =>
        objects.flatMap(({ secret }) =>
          secret === undefined || !rotating.has(secret.urn)
            ? []
            : [
                {
                  urn: workload.urn,
                  message: `${workload.label} mounts the secret ${secret.name}, which rotates, by a driver that does not`,
                },
              ],
        ),
      ),
    );
  },
};
