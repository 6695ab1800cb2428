import type { Rule } from "../../rule";

export const urnTwice: Rule = {
  id: "urn-twice",
  severity: "error",
  why:
    "The engine knows a resource by its URN: parents, type and name. It refuses the second one with " +
    "'Duplicate resource URN', and the update fails.",
  remedy: "Give one of the two another name, or another parent.",
  source: "https://www.pulumi.com/docs/iac/concepts/resources/names/#urns",
  check: ({ context: { duplicates = [] } }) =>
    duplicates.map(({ urn, type, name }) => ({
      urn,
      message: `the program declares two resources ${type} "${name}" with one URN: ${urn}`,
    })),
};
