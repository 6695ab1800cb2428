import { syncedSecretUses } from "../synced-secret-uses";
import type { Rule } from "../../rule";

export const classNotMounted: Rule = {
  id: "class-not-mounted",
  severity: "note",
  why:
    "The driver fetches nothing and makes no Secret until a pod mounts the class. Pods that are not in this " +
    "program, for instance in a chart, run as a ServiceAccount that is not known here: whether it may read " +
    "the secrets is not checked.",
  remedy:
    "Mount the class in the pods that need it, or check the ServiceAccount and the role where they are " +
    "declared.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret",
  check: (facts) => {
    const { classes, mounts, workloads } = facts;
    const mounted = new Set(mounts.map(({ providerClass }) => providerClass));
    // Somebody wants it, and what keeps them from it is told.
    const wanted = new Set(syncedSecretUses(facts).map(({ providerClass }) => providerClass));
    const named = new Set(
      workloads.flatMap(({ volumes }) => volumes.map(({ providerClass }) => providerClass)),
    );
    return classes.all
      .filter((each) => !mounted.has(each) && !wanted.has(each) && !named.has(each.name))
      .filter(
        ({ cluster }) => !workloads.some((each) => each.cluster === cluster && !each.volumesKnown),
      )
      .map(({ urn, label }) => ({ urn, message: `no pod in this program mounts ${label}` }));
  },
};
