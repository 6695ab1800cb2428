import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const fileNameTwice: Rule = {
  id: "file-name-twice",
  severity: "error",
  why:
    "Two entries that end in one file name overwrite each other, and which of the two is left " +
    "is chance. The provider does not notice it for names that only become equal when slashes " +
    "are replaced.",
  remedy: "Give each entry an objectAlias of its own.",
  source:
    "https://github.com/aws/secrets-store-csi-driver-provider-aws#secretproviderclass-options",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount, fileNames }) =>
        fileNames
          .filter((name, index) => fileNames.indexOf(name) !== index)
          .map((name) => ({
            urn: mount.providerClass.urn,
            message: `more than one entry of ${mount.providerClass.label} is written to the file "${name}"`,
          })),
      ),
    ),
};
