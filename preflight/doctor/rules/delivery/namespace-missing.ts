import { listing } from "../../rule";
import type { Rule } from "../../rule";

export const namespaceMissing: Rule = {
  id: "namespace-missing",
  severity: "warning",
  why:
    "A namespace has to be there before what is in it. A new cluster has its own four alone, and a Namespace " +
    "without metadata.name gets a name with a random end. If nobody else makes the namespace, the update fails " +
    "with 'namespaces not found'.",
  remedy:
    "Declare the Namespace with a metadata.name, and let the others take its namespace from there, which " +
    "also has them wait for it.",
  source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
  check: ({ missingNamespaces }) =>
    missingNamespaces.map(({ namespace, objects, because }) => ({
      urn: objects[0]?.urn ?? "",
      message: `the namespace ${namespace} of ${listing(objects.map(({ label }) => label))} is not there: ${because}`,
    })),
};
