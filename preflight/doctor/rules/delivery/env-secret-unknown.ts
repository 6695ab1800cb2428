import { type Facts, keyOf, mayDeliver, type Workload } from "../../facts";
import { mountedClasses } from "../synced-secret-uses";
import type { Rule } from "../../rule";

export const envSecretUnknown: Rule = {
  id: "env-secret-unknown",
  severity: "warning",
  why:
    "No class of the program makes the Secret, and the program does not write it either. If " +
    "nobody else does, the container stays in CreateContainerConfigError.",
  remedy:
    "Correct the name, or add the Secret to the secretObjects of a class that the pod mounts.",
  source:
    "https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-environment-variables",
  check: ({ workloads, classes, kubernetesSecrets, otherDeliveries }) => {
    const made = new Set(
      classes.all.flatMap((each) =>
        each.secretObjects.map(({ secretName }) => keyOf(each, secretName)),
      ),
    );
    // A pod without a volume of the driver has its Secrets from elsewhere, and one with a class of
    // which nothing can be told may have them from there.
    const chained = workloads.filter(
      (workload) =>
        workload.volumes.length > 0 &&
        workload.volumesKnown &&
        // The class that is not where it is looked for may make the Secret.
        workload.volumes.every(({ providerClass }) => classes.find(workload, providerClass)) &&
        !mountedClasses(workload, classes).some(({ isUndecided }) => isUndecided),
    );
    return chained.flatMap((workload) =>
      workload.secretUses
        .filter(({ secretName }) => !made.has(keyOf(workload, secretName)))
        .filter(({ secretName }) => !mountedSecrets(workload, classes).includes(secretName))
        .filter(({ secretName }) => kubernetesSecrets.find(workload, secretName) === undefined)
        .filter(({ secretName }) => !mayDeliver(otherDeliveries, workload, secretName))
        .map(({ secretName, by }) => ({
          urn: workload.urn,
          message: `${by} of ${workload.label} takes the Secret ${secretName}, which nothing in this program makes`,
        })),
    );
  },
};

/** Also those of a class whose namespace is not known yet. */
const mountedSecrets = (workload: Workload, classes: Facts["classes"]): readonly string[] =>
  mountedClasses(workload, classes).flatMap(({ secretObjects }) =>
    secretObjects.map(({ secretName }) => secretName),
  );
