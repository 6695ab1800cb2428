import { isCopyMissing } from "../../access";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const failoverCopyMissing: Rule = {
  id: "failover-copy-missing",
  severity: "error",
  why:
    "With a failover region the provider asks both regions at each mount, and a secret that is not found " +
    "in either fails it.",
  remedy: "Replicate the secret to the failover region, or leave failoverRegion out.",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws#automated-failover-regions",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(
        ({
          mount: {
            providerClass,
            parameters: { failoverRegion = "" },
            objects,
          },
        }) =>
          objects.filter(isCopyMissing).flatMap(({ secret }) => {
            if (failoverRegion === "" || secret === undefined) return [];
            const message = `${providerClass.label} asks for the secret ${secret.name} in ${failoverRegion} as well, and it has no replica there`;
            return [{ urn: providerClass.urn, message }];
          }),
      ),
    ),
};
