import { LATE_NAMESPACE } from "../../facts";
import { listing } from "../../rule";
import type { Rule } from "../../rule";

export const accountInOtherNamespace: Rule = {
  id: "account-in-other-namespace",
  severity: "error",
  why:
    "Pods run as a ServiceAccount of their own namespace. Where there is none of the name, no pod is made: " +
    "'error looking up service account'.",
  remedy: "Declare the ServiceAccount in the namespace of the pods.",
  source: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
  check: ({ accounts, workloads }) =>
    workloads.flatMap((workload) => {
      const { serviceAccount, cluster, namespace, urn, label } = workload;
      // Every namespace has this one.
      if (serviceAccount === "default" || namespace === LATE_NAMESPACE) return [];
      if (accounts.find(workload, serviceAccount) !== undefined) return [];
      const others = accounts.all.filter(
        (each) => each.name === serviceAccount && each.cluster === cluster,
      );
      if (others.length === 0) return [];
      const message = `${label} runs as the ServiceAccount ${serviceAccount}, which is not in its namespace; there is ${listing(others.map((each) => each.label))}`;
      return [{ urn, message }];
    }),
};
