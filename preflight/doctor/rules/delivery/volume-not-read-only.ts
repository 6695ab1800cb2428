import type { Rule } from "../../rule";

export const volumeNotReadOnly: Rule = {
  id: "volume-not-read-only",
  severity: "error",
  why: "The driver refuses a volume that does not say readOnly: true.",
  remedy: "Set readOnly: true on the CSI volume.",
  source:
    "https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/secrets-store/nodeserver.go",
  check: ({ workloads }) =>
    workloads.flatMap((workload) =>
      workload.volumes
        .filter(({ readOnly }) => !readOnly)
        .map(({ name, providerClass }) => ({
          urn: workload.urn,
          message: `the volume ${name} of the class ${providerClass} in ${workload.label} is not read-only`,
        })),
    ),
};
