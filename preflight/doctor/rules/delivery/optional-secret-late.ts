import { keyOf } from "../../facts";
import type { Rule } from "../../rule";

export const optionalSecretLate: Rule = {
  id: "optional-secret-late",
  severity: "warning",
  why:
    "The driver makes the Secret after the volume is mounted, while the first containers start. One " +
    "that takes an optional key of it does not wait and starts without the variable.",
  remedy: "Leave out optional, so that the container waits for the Secret; or read the file.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret",
  check: ({ workloads, classes }) => {
    const made = new Set(
      classes.all.flatMap((each) =>
        each.secretObjects.map(({ secretName }) => keyOf(each, secretName)),
      ),
    );
    return workloads.flatMap((workload) =>
      workload.containers.flatMap(({ name, variables }) =>
        variables.flatMap(({ name: variable, secretKeyRef, isOptional }) => {
          if (!isOptional || secretKeyRef === undefined) return [];
          if (!made.has(keyOf(workload, secretKeyRef.name))) return [];
          const message = `the container ${name} of ${workload.label} may start without ${variable}: it is optional, and the driver makes the Secret ${secretKeyRef.name} only after the mount`;
          return [{ urn: workload.urn, message }];
        }),
      ),
    );
  },
};
