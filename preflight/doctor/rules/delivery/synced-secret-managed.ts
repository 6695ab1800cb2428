import type { Rule } from "../../rule";

export const syncedSecretManaged: Rule = {
  id: "synced-secret-managed",
  severity: "error",
  why:
    "Driver 1.6 overwrites a Secret that exists, with its labels and annotations; every " +
    "pulumi up puts it back, and the pods see whichever came last.",
  remedy: "Leave the Secret out of the program: the driver makes it.",
  source:
    "https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/controllers/secretproviderclasspodstatus_controller.go",
  check: ({ classes, kubernetesSecrets }) =>
    classes.all.flatMap((each) =>
      each.secretObjects.flatMap(({ secretName }) => {
        const managed = kubernetesSecrets.find(each, secretName);
        if (managed === undefined) return [];
        return [{ urn: managed.urn, message: `${managed.label} is also written by ${each.label}` }];
      }),
    ),
};
