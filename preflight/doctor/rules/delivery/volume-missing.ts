import { syncedSecretUses } from "../synced-secret-uses";
import type { Rule } from "../../rule";

export const volumeMissing: Rule = {
  id: "volume-missing",
  severity: "error",
  why:
    "The driver makes the Secret only while a pod mounts the class. Without the volume there " +
    "is no Secret, and the container stays in CreateContainerConfigError.",
  remedy: "Add the CSI volume of the class to the pod, and mount it in a container.",
  source: "https://github.com/kubernetes-sigs/secrets-store-csi-driver/issues/298",
  check: (facts) =>
    syncedSecretUses(facts)
      .filter(({ workload }) => workload.volumes.length === 0)
      .map(({ workload, use, providerClass }) => ({
        urn: workload.urn,
        message: `${use.by} of ${workload.label} takes the Secret ${use.secretName}, which exists only while a pod mounts ${providerClass.label}, and this one has no such volume`,
      })),
};
