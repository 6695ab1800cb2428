import { DRIVER } from "../../facts";
import type { Rule } from "../../rule";

export const volumeDriverUnknown: Rule = {
  id: "volume-driver-unknown",
  severity: "error",
  why:
    "The kubelet finds a driver by its registered name, which is not the API group of its classes. The mount " +
    "fails with 'not found in the list of registered CSI drivers', and the pod stays in ContainerCreating.",
  remedy: `Set driver to ${DRIVER}.`,
  source: "https://secrets-store-csi-driver.sigs.k8s.io/getting-started/usage",
  check: ({ workloads }) =>
    workloads.flatMap(({ urn, label, volumes }) =>
      volumes
        .filter(({ driver }) => driver !== DRIVER)
        .map(({ name, driver, providerClass }) => ({
          urn,
          message: `the volume ${name} of the class ${providerClass} in ${label} is for the CSI driver "${driver}", and the driver is called ${DRIVER}`,
        })),
    ),
};
