import type { Rule } from "../../rule";

export const classUndecided: Rule = {
  id: "class-undecided",
  severity: "note",
  why:
    "The class, or part of it, comes from a resource or a function of which only the cloud knows what it " +
    "gives. Whether the mount works is not proven either way.",
  remedy: "Write out what can be known, or deploy and look at the pod's events.",
  source: "https://www.pulumi.com/docs/iac/concepts/inputs-outputs/apply/",
  check: ({ classes, patches, readObjects }) => [
    ...classes.all
      .filter(({ isLate }) => isLate)
      .map(({ urn, label }) => ({
        urn,
        message: `cannot tell what ${label} delivers: part of it is known only after the update`,
      })),
    ...readObjects
      .filter(({ kind }) => kind === "SecretProviderClass")
      .map(({ urn, label }) => ({
        urn,
        message: `cannot tell what ${label} delivers: the program only reads it`,
      })),
    ...patches
      .filter(({ kind }) => kind === "SecretProviderClassPatch")
      .map(({ urn, label }) => ({
        urn,
        message: `cannot tell what becomes of the class that ${label} changes`,
      })),
  ],
};
