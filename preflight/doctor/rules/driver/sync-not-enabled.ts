import { at } from "../../../simulation/wire/values";
import type { Rule } from "../../rule";

export const syncNotEnabled: Rule = {
  id: "sync-not-enabled",
  severity: "error",
  why:
    "The driver may not write Secrets unless its chart is told so: the files are there, the " +
    "Secret never is, and a container with a variable from it stays in " +
    "CreateContainerConfigError.",
  remedy:
    "Set syncSecret.enabled to true; in the provider's chart and the add-on it stands under " +
    "secrets-store-csi-driver.",
  source: "https://github.com/kubernetes-sigs/secrets-store-csi-driver/issues/236",
  check: ({ installs, classes, syncRights }) =>
    installs
      .filter(({ installsDriver, valuesKnown }) => installsDriver && valuesKnown)
      .filter(({ driverValues }) => at(driverValues, "syncSecret", "enabled") !== true)
      .filter(({ cluster }) => !syncRights.has(cluster))
      .flatMap(({ urn, name, cluster }) => {
        const wanting = classes.all.find(
          (each) => each.cluster === cluster && each.secretObjects.length > 0,
        );
        if (wanting === undefined) return [];
        const message = `${name} does not let the driver write Secrets, and ${wanting.label} wants one`;
        return [{ urn, message }];
      }),
};
