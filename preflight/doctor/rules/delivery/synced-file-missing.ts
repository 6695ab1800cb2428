import { distinct } from "../../rule";
import { fileList } from "../file-list";
import type { Rule } from "../../rule";

export const syncedFileMissing: Rule = {
  id: "synced-file-missing",
  severity: "error",
  why:
    "The driver makes no Secret at all when one of its files is missing, so every variable " +
    "from it keeps the pod from starting.",
  remedy:
    "Let objectName in secretObjects be the name of a mounted file: the objectAlias of an " +
    "entry.",
  source: "https://github.com/kubernetes-sigs/secrets-store-csi-driver/issues/1611",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount, synced, fileNames }) =>
        synced.flatMap(({ secretName, missing }) =>
          missing.map(({ objectName, key }) => ({
            urn: mount.providerClass.urn,
            message: `the key ${key} of the Secret ${secretName} is to come from the file "${objectName}", which ${mount.providerClass.label} does not write; it writes ${fileList(fileNames)}`,
          })),
        ),
      ),
    ),
};
