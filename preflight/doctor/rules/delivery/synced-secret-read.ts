import { keyOf } from "../../facts";
import type { Rule } from "../../rule";

export const syncedSecretRead: Rule = {
  id: "synced-secret-read",
  severity: "warning",
  why:
    "The driver makes the Secret when the first pod mounts the class. A program that reads it by get fails " +
    "with 'not found' in its first preview, before there is a pod, and what it reads later is in its state.",
  remedy:
    "Take the value where it comes from, for instance from the resource that generates it, and let pods alone " +
    "use the Secret.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret",
  check: ({ classes, readObjects }) =>
    classes.all.flatMap((each) =>
      each.secretObjects
        .filter(({ secretName }) =>
          readObjects.some(
            (object) =>
              object.kind === "Secret" && keyOf(object, object.name) === keyOf(each, secretName),
          ),
        )
        .map(({ secretName }) => ({
          urn: each.urn,
          message: `the program reads the Secret ${secretName}, which is there only once a pod has mounted ${each.label}`,
        })),
    ),
};
