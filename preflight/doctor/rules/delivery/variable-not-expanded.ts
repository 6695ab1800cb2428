import { unexpandedReferences } from "../../facts";
import type { Rule } from "../../rule";

export const variableNotExpanded: Rule = {
  id: "variable-not-expanded",
  severity: "error",
  why:
    "Kubernetes replaces $(NAME) only by a variable that stands earlier in env. Later ones stay in the " +
    "value as they are written, and a login with them fails.",
  remedy: "Move the variable that is referred to in front of the one that uses it.",
  source:
    "https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/",
  check: ({ workloads }) =>
    workloads.flatMap(({ urn, label, containers }) =>
      containers.flatMap(unexpandedReferences).map(({ variable, reference }) => ({
        urn,
        message: `the variable ${variable} of ${label} uses $(${reference}), which is defined later and stays unexpanded`,
      })),
    ),
};
