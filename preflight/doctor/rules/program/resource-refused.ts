import type { Rule } from "../../rule";

export const resourceRefused: Rule = {
  id: "resource-refused",
  severity: "error",
  why:
    "The provider, AWS or the API server refuses the resource as it is declared, some of it only after " +
    "minutes and in the middle of an update.",
  remedy: "Give the property a value of the form that the message tells.",
  source: "https://www.pulumi.com/registry/packages/aws/api-docs/",
  check: ({ refusedInputs, mixedUpIdentifiers }) => {
    const told = new Set(mixedUpIdentifiers.map(({ urn, where }) => `${urn} ${where}`));
    return refusedInputs
      .filter(({ urn, resource, error }) => {
        const [property = ""] = error.split(/[ [.]/);
        return !told.has(`${urn} the property ${property} of ${resource}`);
      })
      .map(({ urn, resource, kind, error }) => ({
        urn,
        message: `${kind} ${resource} will be refused: ${error}`,
      }));
  },
};
