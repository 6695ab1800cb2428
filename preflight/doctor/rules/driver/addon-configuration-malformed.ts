import type { Rule } from "../../rule";

export const addonConfigurationMalformed: Rule = {
  id: "addon-configuration-malformed",
  severity: "error",
  why:
    "EKS takes the configuration of an add-on as one text in JSON or YAML, and refuses the add-on where it is " +
    "neither: 'ConfigurationValue provided in request is not supported'.",
  remedy:
    "Give configurationValues by JSON.stringify, or pulumi.jsonStringify where it holds an Output.",
  source: "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html",
  check: ({ addons }) =>
    addons
      .filter(({ isMalformed }) => isMalformed)
      .map(({ urn, name }) => ({
        urn,
        message: `the configurationValues of the add-on ${name} are neither JSON nor YAML`,
      })),
};
