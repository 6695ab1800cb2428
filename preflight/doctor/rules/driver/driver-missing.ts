import type { Rule } from "../../rule";

export const driverMissing: Rule = {
  id: "driver-missing",
  severity: "warning",
  why:
    "A cluster of EKS has no Secrets Store CSI driver, and the AWS provider alone mounts nothing; its chart " +
    "brings the driver since 2.0. If nobody else installs it, the pods stay in ContainerCreating, and the " +
    "update waits for them until it fails.",
  remedy:
    "Install the chart secrets-store-csi-driver-provider-aws, or the EKS add-on " +
    "aws-secrets-store-csi-driver-provider: both bring driver and provider.",
  source:
    "https://github.com/aws/secrets-store-csi-driver-provider-aws#installing-the-aws-provider",
  check: ({ installs, eksClusters, workloads, mayHoldMore }) => {
    const needing = new Map(
      workloads
        .filter(
          ({ volumes, volumesWithoutClass }) => volumes.length + volumesWithoutClass.length > 0,
        )
        .map((workload) => [workload.cluster, workload]),
    );
    return [...needing].flatMap(([cluster, { label }]) => {
      const here = installs.filter((each) => each.cluster === cluster);
      if (mayHoldMore(cluster) || here.some(({ installsDriver }) => installsDriver)) return [];
      const [provider] = here;
      if (provider !== undefined) {
        const message = `${provider.name} installs the AWS provider alone, and nothing in this program installs the driver that ${label} mounts a volume of`;
        return [{ urn: provider.urn, message }];
      }
      const own = eksClusters.find((each) => each.cluster === cluster);
      if (own === undefined) return [];
      const message = `nothing in this program installs the driver and the AWS provider in the new cluster ${own.name}, where ${label} mounts a volume of them`;
      return [{ urn: own.urn, message }];
    });
  },
};
