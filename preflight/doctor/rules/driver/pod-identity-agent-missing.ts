import { mayHaveAddon } from "../../facts";
import type { Rule } from "../../rule";

const AGENT = "eks-pod-identity-agent";

export const podIdentityAgentMissing: Rule = {
  id: "pod-identity-agent-missing",
  severity: "warning",
  why:
    "With Pod Identity the provider asks the agent on its node for credentials. A new cluster has no agent " +
    "unless it is in Auto Mode; if nobody else installs it, every mount fails after its time-out.",
  remedy: `Install the EKS add-on ${AGENT}.`,
  source: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html",
  check: ({ addons, eksClusters, mayHoldMore, mounts }) =>
    eksClusters
      .filter(({ cluster, mayBeInAutoMode }) => !mayBeInAutoMode && !mayHoldMore(cluster))
      .filter(({ cluster }) => !mayHaveAddon(addons, cluster, AGENT))
      .flatMap(({ urn, name, cluster }) => {
        const wanting = mounts.find(
          ({ workload, mode }) => workload.cluster === cluster && mode === "Pod Identity",
        );
        if (wanting === undefined) return [];
        const message = `${wanting.workload.label} gets its role by Pod Identity, and nothing in this program installs the agent in the new cluster ${name}`;
        return [{ urn, message }];
      }),
};
