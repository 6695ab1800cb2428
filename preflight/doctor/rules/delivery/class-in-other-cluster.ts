import { listing } from "../../rule";
import type { Rule } from "../../rule";

export const classInOtherCluster: Rule = {
  id: "class-in-other-cluster",
  severity: "error",
  why:
    "The pods and their class go to different clusters: one of the two lacks the provider option that the " +
    "other has, or has another kubeconfig. The mount fails with 'not found'.",
  remedy: "Give both the same Kubernetes provider.",
  source: "https://www.pulumi.com/docs/iac/concepts/resources/options/provider/",
  check: ({ workloads, classes }) =>
    workloads.flatMap((workload) =>
      workload.volumes.flatMap(({ providerClass }) => {
        if (classes.find(workload, providerClass) !== undefined) return [];
        const others = classes.all.filter(
          ({ name, cluster, namespace }) =>
            name === providerClass &&
            cluster !== workload.cluster &&
            namespace === workload.namespace,
        );
        if (others.length === 0) return [];
        const message = `${workload.label} goes to the cluster of another Kubernetes provider than ${listing(others.map(({ label }) => label))}, which it mounts`;
        return [{ urn: workload.urn, message }];
      }),
    ),
};
