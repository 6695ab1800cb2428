import type { Rule } from "../../rule";

export const podOnWindows: Rule = {
  id: "pod-on-windows",
  severity: "error",
  why:
    "The AWS provider has no image for Windows, and its DaemonSet keeps to nodes with Linux: on a node with " +
    "Windows every mount fails with 'provider not found'.",
  remedy: "Run the pod on a node with Linux, or have the app read the secret from AWS itself.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/providers",
  check: ({ mounts }) =>
    mounts
      .filter(({ workload }) => workload.isForWindows)
      .map(({ workload: { urn, label }, providerClass }) => ({
        urn,
        message: `${label} is for nodes with Windows and mounts ${providerClass.label}`,
      })),
};
