import type { Rule } from "../../rule";

export const objectDeclaredTwice: Rule = {
  id: "object-declared-twice",
  severity: "error",
  why:
    "Two resources are one object of the cluster: each update puts back what the other has set, or fails " +
    "with a conflict, and deleting one deletes it for both.",
  remedy: "Give one of them another name or namespace, or declare the object once.",
  source:
    "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/",
  check: ({ objectsTwice }) =>
    objectsTwice.map(({ first, second }) => ({
      urn: second.urn,
      message: `${second.label} is declared by two resources: ${nameOf(first.urn)} and ${nameOf(second.urn)}`,
    })),
};

const nameOf = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);
