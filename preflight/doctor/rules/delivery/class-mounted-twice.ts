import { grouped } from "../../facts";
import type { Rule } from "../../rule";

export const classMountedTwice: Rule = {
  id: "class-mounted-twice",
  severity: "warning",
  why:
    "The driver keeps one SecretProviderClassPodStatus for each pod and class, which holds one mount: " +
    "with two volumes of a class it follows whichever was mounted last, for its Secret and for what " +
    "it reports.",
  remedy: "Mount one volume of the class, in as many containers as need it.",
  source:
    "https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/secrets-store/nodeserver.go",
  check: ({ workloads }) =>
    workloads.flatMap(({ urn, label, volumes }) =>
      [...grouped(volumes, ({ providerClass }) => providerClass)]
        .filter(([, of]) => of.length > 1)
        .map(([providerClass, of]) => ({
          urn,
          message: `${label} mounts the class ${providerClass} by ${of.length} volumes: ${of.map(({ name }) => name).join(", ")}`,
        })),
    ),
};
