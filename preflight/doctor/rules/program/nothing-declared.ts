import type { Rule } from "../../rule";

export const nothingDeclared: Rule = {
  id: "nothing-declared",
  severity: "warning",
  why:
    "Where no resource is declared there is nothing to judge, and a report without findings says nothing. " +
    "Perhaps another folder or stack is meant, or the program declares its resources only under a condition.",
  remedy: "Name the program's folder with --program and its stack with --stack.",
  source: "https://www.pulumi.com/docs/iac/concepts/projects/project-file/",
  check: ({ isEmpty }) =>
    isEmpty ? [{ message: "the program declares no resource, so nothing was checked" }] : [],
};
