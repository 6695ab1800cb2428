import { at } from "../../../simulation/wire/values";
import type { Rule } from "../../rule";

export const syncRightsMissing: Rule = {
  id: "sync-rights-missing",
  severity: "warning",
  why:
    "The EKS add-on accepts syncSecret.enabled and is reported not to grant the right to " +
    "write Secrets; then no Secret is ever made.",
  remedy:
    "Declare a ClusterRole on secrets and bind it to the driver's ServiceAccount " +
    "secrets-store-csi-driver.",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws/issues/597",
  check: ({ installs, classes, syncRights }) =>
    installs
      .filter(({ method, cluster }) => method === "add-on" && !syncRights.has(cluster))
      .filter(({ driverValues }) => at(driverValues, "syncSecret", "enabled") === true)
      .filter(({ cluster }) =>
        classes.all.some((each) => each.cluster === cluster && each.secretObjects.length > 0),
      )
      .map(({ urn, name }) => ({
        urn,
        message: `the add-on ${name} is to write Secrets, and nothing in this program gives it the right`,
      })),
};
