import { type Install, olderThan } from "../../facts";
import type { Rule } from "../../rule";

export const kubernetesTooOld: Rule = {
  id: "kubernetes-too-old",
  severity: "error",
  why:
    "The driver's chart refuses Kubernetes before 1.30: rotation and tokens work through what " +
    "the kubelet does since then.",
  remedy: "Upgrade the cluster to 1.30 or later.",
  source:
    "https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/charts/secrets-store-csi-driver/Chart.yaml",
  check: ({ eksClusters, installs }) =>
    eksClusters
      .filter(({ version }) => olderThan(version, 1, 30))
      .filter(({ cluster }) => installs.some((each) => each.cluster === cluster && needsNew(each)))
      .map(({ urn, name, version }) => ({
        urn,
        message: `the cluster ${name} runs Kubernetes ${version ?? ""}, and the driver needs 1.30`,
      })),
};

/** Driver 1.6, which the provider's chart brings since 3.1. */
const needsNew = ({ method, version }: Install): boolean =>
  method === "driver chart" ? !olderThan(version, 1, 6) : !olderThan(version, 3, 1);
