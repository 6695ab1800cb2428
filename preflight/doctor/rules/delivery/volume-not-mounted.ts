import type { Rule } from "../../rule";

export const volumeNotMounted: Rule = {
  id: "volume-not-mounted",
  severity: "error",
  why:
    "The kubelet mounts only the volumes that a container asks for. Without a volumeMount the " +
    "driver is never called, and no Secret is made.",
  remedy: "Mount the volume in a container, read-only.",
  source:
    "https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go",
  check: ({ workloads }) =>
    workloads.flatMap((workload) =>
      workload.volumes
        .filter(({ paths }) => paths.length === 0)
        .map(({ name, providerClass }) => ({
          urn: workload.urn,
          message: `no container of ${workload.label} mounts the volume ${name} of the class ${providerClass}`,
        })),
    ),
};
