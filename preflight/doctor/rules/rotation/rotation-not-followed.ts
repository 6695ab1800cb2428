import { distinct, type Rule } from "../../rule";

export const rotationNotFollowed: Rule = {
  id: "rotation-not-followed",
  severity: "error",
  why:
    "The files of a running pod keep the value of its first mount where the driver's own rotation is off, " +
    "and the database refuses it one rotation later.",
  remedy: "Set enableSecretRotation to true for the driver.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/topics/secret-auto-rotation",
  check: ({ rotatedMounts }) =>
    distinct(
      rotatedMounts
        .filter(({ follows }) => follows.isOn === false)
        .map(({ mount: { workload }, secret }) => ({
          urn: workload.urn,
          message: `${workload.label} mounts the secret ${secret}, which rotates, by a driver that does not`,
        })),
    ),
};
