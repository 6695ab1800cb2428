import { ignoredKeys } from "../../../delivery";
import { listing } from "../../rule";
import type { Rule } from "../../rule";

/** @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/5f47771/server/server.go */
const PARAMETERS: readonly string[] = [
  ...["objects", "region", "failoverRegion", "pathTranslation", "usePodIdentity"],
  "preferredAddressType",
];

export const classSettingIgnored: Rule = {
  id: "class-setting-ignored",
  severity: "warning",
  why:
    "The provider reads the parameters and keys that it knows, and passes over everything else without a word: " +
    "a mistyped one, or one of another provider, has no effect.",
  remedy: `Correct the name, or leave it out. The provider's parameters are ${listing(PARAMETERS)}.`,
  source:
    "https://github.com/aws/secrets-store-csi-driver-provider-aws#secretproviderclass-options",
  check: ({ classes }) =>
    classes.all
      .filter(({ isUndecided }) => !isUndecided)
      .flatMap(({ urn, label, parameters }) => {
        const ignored = [
          ...Object.keys(parameters).filter((name) => !PARAMETERS.includes(name)),
          ...ignoredKeys(parameters.objects ?? "").map((key) => `objects${key}`),
        ];
        if (ignored.length === 0) return [];
        return [{ urn, message: `${label} has ${listing(ignored)}, which the provider ignores` }];
      }),
};
