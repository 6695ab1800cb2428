import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const syncRefused: Rule = {
  id: "sync-refused",
  severity: "error",
  why: "The driver does not make the Secret and says so only in an event of the pod, or nowhere.",
  remedy: "Correct secretObjects as the driver's words say.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount, syncErrors }) =>
        syncErrors.map((error) => ({
          urn: mount.providerClass.urn,
          message: `${mount.providerClass.label} cannot be synced: ${error}`,
        })),
      ),
    ),
};
