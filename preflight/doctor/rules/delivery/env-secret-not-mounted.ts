import { syncedSecretUses } from "../synced-secret-uses";
import type { Rule } from "../../rule";

export const envSecretNotMounted: Rule = {
  id: "env-secret-not-mounted",
  severity: "error",
  why:
    "The Secret that a variable comes from is made by a class that this pod does not mount: " +
    "the pod starts only while others run that do.",
  remedy: "Mount the class that makes the Secret, or take the value from one that is mounted.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret",
  check: (facts) =>
    syncedSecretUses(facts)
      .filter(({ workload }) => workload.volumes.length > 0)
      .map(({ workload, use, providerClass }) => ({
        urn: workload.urn,
        message: `${use.by} of ${workload.label} takes the Secret ${use.secretName}, which ${providerClass.label} makes, and this pod mounts another class`,
      })),
};
