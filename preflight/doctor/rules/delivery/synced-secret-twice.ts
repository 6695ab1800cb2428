import { grouped, keyOf } from "../../facts";
import type { Rule } from "../../rule";

export const syncedSecretTwice: Rule = {
  id: "synced-secret-twice",
  severity: "error",
  why:
    "Two classes that write one Secret overwrite each other for as long as their pods run, and so do two " +
    "entries of one class.",
  remedy: "Give each class a secretName of its own, and one entry each that holds all keys.",
  source: "https://github.com/kubernetes-sigs/secrets-store-csi-driver/issues/1056",
  check: ({ classes }) => {
    const writers = grouped(
      classes.all.flatMap((each) =>
        each.secretObjects.map(({ secretName }) => ({ each, secretName })),
      ),
      ({ each, secretName }) => keyOf(each, secretName),
    );
    return [...writers.values()].flatMap(([first, ...more]) =>
      more.map(({ each, secretName }) => ({
        urn: each.urn,
        message:
          each === first?.each
            ? `${each.label} lists the Secret ${secretName} more than once`
            : `${each.label} writes the Secret ${secretName}, and so does ${first?.each.label ?? ""}`,
      })),
    );
  },
};
