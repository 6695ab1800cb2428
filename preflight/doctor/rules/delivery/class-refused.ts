import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const classRefused: Rule = {
  id: "class-refused",
  severity: "error",
  why:
    "The provider checks a class only when a pod mounts it; until then nothing tells that it " +
    "never will.",
  remedy: "Correct the class as the provider's words say.",
  source:
    "https://github.com/aws/secrets-store-csi-driver-provider-aws#secretproviderclass-options",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount, refusal }) =>
        refusal === undefined
          ? []
          : [
              {
                urn: mount.providerClass.urn,
                message: `${mount.providerClass.label} cannot be mounted: ${refusal}`,
              },
            ],
      ),
    ),
};
