import type { Rule } from "../../rule";

export const rotationOff: Rule = {
  id: "rotation-off",
  severity: "note",
  why:
    "Without rotation files and Secrets keep the value of the first mount, and a pod whose " +
    "first mount is cut short when the driver restarts comes up with an empty volume that " +
    "nothing heals.",
  remedy: "Set enableSecretRotation to true; two minutes are the driver's own interval.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/topics/secret-auto-rotation",
  check: ({ installs }) =>
    installs
      .filter(({ installsDriver, valuesKnown }) => installsDriver && valuesKnown)
      .filter(({ driverValues }) => driverValues.enableSecretRotation !== true)
      .map(({ urn, name }) => ({ urn, message: `${name} does not rotate what is mounted` })),
};
