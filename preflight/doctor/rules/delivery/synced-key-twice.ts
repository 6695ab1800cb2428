import { grouped } from "../../facts";
import type { Rule } from "../../rule";

export const syncedKeyTwice: Rule = {
  id: "synced-key-twice",
  severity: "warning",
  why:
    "A Secret has one value for a key. The driver writes the last one that secretObjects lists, and drops the " +
    "others without a word.",
  remedy: "Give each file a key of its own.",
  source:
    "https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/util/secretutil/secret.go",
  check: ({ classes }) =>
    classes.all.flatMap(({ urn, label, secretObjects }) =>
      secretObjects.flatMap(({ secretName, data }) =>
        [...grouped(data, ({ key }) => key)]
          .filter(([key, of]) => key !== "" && of.length > 1)
          .map(([key, of]) => ({
            urn,
            message: `${label} lists the key ${key} of the Secret ${secretName} ${of.length} times, and it gets the file "${of.at(-1)?.objectName ?? ""}"`,
          })),
      ),
    ),
};
