import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const syncedSecretRefused: Rule = {
  id: "synced-secret-refused",
  severity: "error",
  why:
    "The API server refuses the Secret that the driver would make. The pod's event only says that time " +
    "ran out, and every container with a variable from it stays in CreateContainerConfigError.",
  remedy: "Give the Secret a name, keys and a type that Kubernetes accepts.",
  source: "https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount: { providerClass }, syncRefusals }) =>
        syncRefusals.map(({ secretName, refusal }) => ({
          urn: providerClass.urn,
          message: `the Secret ${secretName} of ${providerClass.label} is refused: ${refusal}`,
        })),
      ),
    ),
};
