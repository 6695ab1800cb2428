import type { Rule } from "../../rule";

export const nameTaken: Rule = {
  id: "name-taken",
  severity: "error",
  why:
    "AWS has each name once in an account and a region. It refuses the second resource with 'already " +
    "exists', in the middle of the update, or the two are one and each update changes it back.",
  remedy: "Give one of the two another name, or none: Pulumi then makes one.",
  source: "https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming",
  check: ({ takenNames }) =>
    takenNames.map(({ urn, resource, other, name, kind }) => ({
      urn,
      message: `the ${kind} ${name} is declared twice, by the resources "${other}" and "${resource}"`,
    })),
};
