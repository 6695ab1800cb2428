import { fileList, isAt } from "../file-list";
import type { Rule } from "../../rule";

export const subPathMissing: Rule = {
  id: "sub-path-missing",
  severity: "error",
  why:
    "Where a subPath is not in the volume, the kubelet makes an empty directory of that name and mounts it: the " +
    "app finds a directory in the place of its file, or the container does not start.",
  remedy: "Let subPath be the name of a file of the class: the objectAlias of an entry.",
  source: "https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath",
  check: ({ deliveries }) =>
    deliveries
      .filter(({ fileNames }) => fileNames.length > 0)
      .flatMap(({ mount: { workload, volume, providerClass }, fileNames }) =>
        volume.subPaths
          // What subPathExpr comes to is known in the container alone.
          .filter(({ subPath }) => !subPath.includes("$("))
          .filter(
            ({ subPath }) => !fileNames.some((name) => isAt(name, subPath.replace(/\/+$/, ""))),
          )
          .map(({ container, subPath }) => ({
            urn: workload.urn,
            message: `the container ${container} of ${workload.label} mounts ${subPath} of the volume ${volume.name} by subPath, which ${providerClass.label} does not write; it writes ${fileList(fileNames)}`,
          })),
      ),
};
