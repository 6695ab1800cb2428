import { isHeldIn } from "../../facts";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const regionDiffers: Rule = {
  id: "region-differs",
  severity: "error",
  why:
    "The provider asks the region of the class and no other: a secret elsewhere is 'not " +
    "found', unless it has a replica there.",
  remedy: "Set region in the class to the secret's region, or replicate the secret.",
  source:
    "https://github.com/aws/secrets-store-csi-driver-provider-aws#secretproviderclass-options",
  check: ({ contents, context: { region: standIn, isRegionKnown = true } }) =>
    distinct(
      contents.flatMap(({ mount: { providerClass, region, objects } }) =>
        objects.flatMap(({ secret }) => {
          if (secret === undefined || isHeldIn(secret, region)) return [];
          if (!isRegionKnown && [secret.region, region].includes(standIn)) return [];
          const message = `${providerClass.label} looks for the secret ${secret.name} in ${region}, and it is in ${secret.region}`;
          return [{ urn: providerClass.urn, message }];
        }),
      ),
    ),
};
