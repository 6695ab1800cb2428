import { keyOf, type KubernetesObject, type Workload } from "../../facts";
import type { Rule } from "../../rule";

export const classNotFound: Rule = {
  id: "class-not-found",
  severity: "warning",
  why:
    "The program does not declare the class that the pod mounts. If nobody else does, the " +
    "mount fails with 'not found'.",
  remedy: "Correct the name of the class, or declare it.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/concepts#secretproviderclass",
  check: ({ workloads, classes, otherClasses, readObjects }) =>
    workloads.flatMap((workload) =>
      workload.volumes
        .filter(({ providerClass }) => !classes.all.some(({ name }) => name === providerClass))
        .filter(({ providerClass }) => otherClasses.find(workload, providerClass) === undefined)
        .filter(({ providerClass }) => !readObjects.some(isClass(workload, providerClass)))
        .map(({ providerClass }) => ({
          urn: workload.urn,
          message: `${workload.label} mounts the class "${providerClass}", which is not in this program`,
        })),
    ),
};

const isClass =
  (workload: Workload, providerClass: string) =>
  (object: KubernetesObject): boolean =>
    object.kind === "SecretProviderClass" &&
    keyOf(object, object.name) === keyOf(workload, providerClass);
