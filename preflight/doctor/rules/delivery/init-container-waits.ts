import { mountedClasses } from "../synced-secret-uses";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const initContainerWaits: Rule = {
  id: "init-container-waits",
  severity: "note",
  why:
    "Init containers and sidecars are the first to start, when the driver has just mounted the volume " +
    "and the Secret is not there yet: they show CreateContainerConfigError until it is, a time-out " +
    "that is short or an alarm may see that as a failure.",
  remedy: "Let them read the mounted file instead of the Secret, or expect the delay.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret",
  check: ({ workloads, classes }) =>
    distinct(
      workloads.flatMap((workload) => {
        const made = new Set(
          mountedClasses(workload, classes).flatMap(({ secretObjects }) =>
            secretObjects.map(({ secretName }) => secretName),
          ),
        );
        return workload.containers
          .filter(({ role }) => role !== "main")
          .flatMap(({ name, role, variables }) =>
            variables.flatMap(({ secretKeyRef, isOptional }) => {
              if (secretKeyRef === undefined || isOptional || !made.has(secretKeyRef.name)) {
                return [];
              }
              const what = role === "init" ? "the init container" : "the sidecar";
              const message = `${what} ${name} of ${workload.label} waits for the Secret ${secretKeyRef.name}, which the driver makes only after the mount`;
              return [{ urn: workload.urn, message }];
            }),
          );
      }),
    ),
};
