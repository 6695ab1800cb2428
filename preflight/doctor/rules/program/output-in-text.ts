import type { Rule } from "../../rule";

export const outputInText: Rule = {
  id: "output-in-text",
  severity: "error",
  why:
    "An Output has no value while the program runs. In a template, a concatenation or JSON.stringify it " +
    "becomes a complaint of the SDK, and that text is deployed: as a password, an ARN or a host.",
  remedy:
    "Use pulumi.interpolate in the place of a template, pulumi.jsonStringify in the place of " +
    "JSON.stringify, or apply.",
  source: "https://www.pulumi.com/docs/iac/concepts/inputs-outputs/apply/#outputs-and-strings",
  check: ({ outputTexts }) =>
    outputTexts.map(({ urn, resource, where }) => ({
      urn,
      message: `${where} of ${resource} holds "Calling [toString] on an [Output<T>] is not supported" in the place of a value`,
    })),
};
