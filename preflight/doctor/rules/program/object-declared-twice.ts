import { grouped } from "../../facts/grouped";
import { keyOf } from "../../facts";
import type { Rule } from "../../rule";

export const objectDeclaredTwice: Rule = {
  id: "object-declared-twice",
  severity: "error",
  why:
    "A cluster has one object of a kind with a name in a namespace. The second resource either fails " +
    "with 'already exists', or the two overwrite each other at each update, and destroying one " +
    "takes the object away from the other.",
  remedy: "Declare the object once, or give one of the two another name or namespace.",
  source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/",
  check: ({ kubernetesObjects }) => {
    const byAddress = grouped(
      kubernetesObjects,
      (object) => `${object.group} ${object.kind} ${keyOf(object, object.name)}`,
    );
    return [...byAddress.values()].flatMap(([first, ...others]) =>
      others.map(({ urn, label, resource }) => ({
        urn,
        message: `${label} is declared twice, by the resources "${first?.resource ?? ""}" and "${resource}"`,
      })),
    );
  },
};
