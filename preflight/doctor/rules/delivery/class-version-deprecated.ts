import type { Rule } from "../../rule";

export const classVersionDeprecated: Rule = {
  id: "class-version-deprecated",
  severity: "warning",
  why:
    "The API version v1alpha1 is deprecated; the release that drops it takes every class that " +
    "uses it out of service.",
  remedy: "Write apiVersion secrets-store.csi.x-k8s.io/v1; nothing else changes.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/getting-started/upgrades",
  check: ({ classes }) =>
    classes.all
      .filter(({ apiVersion }) => apiVersion !== "v1")
      .map(({ urn, label, apiVersion }) => ({
        urn,
        message: `${label} is of the deprecated version ${apiVersion}`,
      })),
};
