import { listing } from "../../rule";
import type { Rule } from "../../rule";

export const volumeWithoutClass: Rule = {
  id: "volume-without-class",
  severity: "error",
  why:
    "The driver reads the name of the class from the attribute secretProviderClass and nothing else. Without " +
    "it every mount fails with 'secretProviderClass is not set'.",
  remedy: "Name the class in volumeAttributes.secretProviderClass.",
  source:
    "https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/secrets-store/nodeserver.go",
  check: ({ workloads }) =>
    workloads.flatMap(({ urn, label, volumesWithoutClass }) =>
      volumesWithoutClass.map(({ name, attributes }) => ({
        urn,
        message: `the volume ${name} of ${label} names no class: it has no attribute secretProviderClass${attributes.length === 0 ? "" : `, but ${listing(attributes)}`}`,
      })),
    ),
};
