import type { Rule } from "../../rule";

export const classInvalid: Rule = {
  id: "class-invalid",
  severity: "error",
  why:
    "The API server takes a class only as its custom resource definition describes it: every " +
    "parameter is a string, and secretObjects stands under spec. Without a provider or " +
    "parameters the class is made, and every mount of it fails.",
  remedy:
    "Write the class as the message says: quote booleans and numbers, and put secretObjects next " +
    "to parameters.",
  source:
    "https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/config/crd/bases/secrets-store.csi.x-k8s.io_secretproviderclasses.yaml",
  check: ({ classes }) =>
    classes.all.flatMap(({ urn, label, refusals }) =>
      refusals.map((refusal) => ({ urn, message: `${label} is refused: ${refusal}` })),
    ),
};
