import { listing } from "../../rule";
import type { Rule } from "../../rule";

export const classInOtherNamespace: Rule = {
  id: "class-in-other-namespace",
  severity: "error",
  why:
    "A class is looked up in the pod's own namespace and nowhere else; the mount fails with " +
    "'not found'.",
  remedy: "Declare the class in the namespace of the pod.",
  source: "https://github.com/kubernetes-sigs/secrets-store-csi-driver/issues/304",
  check: ({ workloads, classes }) =>
    workloads.flatMap((workload) =>
      workload.volumes.flatMap(({ providerClass }) => {
        if (classes.find(workload, providerClass) !== undefined) return [];
        const others = classes.all.filter(
          ({ name, namespace }) => name === providerClass && namespace !== workload.namespace,
        );
        const isHere = classes.all.some(
          ({ name, namespace }) => name === providerClass && namespace === workload.namespace,
        );
        if (others.length === 0 || isHere) return [];
        const where = listing(others.map(({ label }) => label));
        const message = `${workload.label} mounts the class ${providerClass}, which is not in its namespace; there is ${where}`;
        return [{ urn: workload.urn, message }];
      }),
    ),
};
