import { takesFromVaultAgent } from "../../facts";
import type { Rule } from "../../rule";

export const deliveredOtherwise: Rule = {
  id: "delivered-otherwise",
  severity: "note",
  why:
    "Only what the AWS provider of the Secrets Store CSI driver delivers is checked. Keys, rights and refresh " +
    "of another system's secrets may be wrong, and nothing here says so.",
  remedy: "Check it with that system's own tools, or have the AWS provider deliver the secret.",
  source:
    "https://secrets-store-csi-driver.sigs.k8s.io/concepts#provider-for-the-secrets-store-csi-driver",
  check: ({ otherDeliveries, workloads }) => [
    ...otherDeliveries.map(({ urn, label, by }) => ({
      urn,
      message: `${label} is for ${by}, and is not checked`,
    })),
    ...workloads.filter(takesFromVaultAgent).map(({ urn, label }) => ({
      urn,
      message: `${label} has files from the Vault Agent, which are not checked`,
    })),
  ],
};
