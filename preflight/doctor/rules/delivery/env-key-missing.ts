import { distinct, listing } from "../../rule";
import type { Rule } from "../../rule";

export const envKeyMissing: Rule = {
  id: "env-key-missing",
  severity: "error",
  why: "The container stays in CreateContainerConfigError: the Secret is there, the key is not.",
  remedy: "Add the key to secretObjects, or correct the key that the pod asks for.",
  source:
    "https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-environment-variables",
  check: ({ deliveries }) =>
    distinct(
      deliveries.flatMap(({ mount: { workload }, synced }) =>
        workload.secretUses.flatMap(({ secretName, key, by }) => {
          const [made, another] = synced.filter((secret) => secret.secretName === secretName);
          // Which of two is left is chance, and told by another rule.
          if (
            made === undefined ||
            another !== undefined ||
            key === undefined ||
            made.keys.includes(key)
          )
            return [];
          const message = `${by} of ${workload.label} takes the key ${key} of the Secret ${secretName}, which has ${made.keys.length === 0 ? "none" : listing(made.keys)}`;
          return [{ urn: workload.urn, message }];
        }),
      ),
    ),
};
