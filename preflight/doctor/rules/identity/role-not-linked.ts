import { mountAccess } from "../../access";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const roleNotLinked: Rule = {
  id: "role-not-linked",
  severity: "error",
  why:
    "The provider takes the role of the pod's ServiceAccount. With IRSA it reads an " +
    "annotation, with Pod Identity the association of that name and namespace; without it " +
    "every mount fails.",
  remedy:
    "With IRSA annotate the ServiceAccount with eks.amazonaws.com/role-arn; with Pod Identity " +
    "declare an association for its namespace and name; and let usePodIdentity in the class " +
    "say which of the two.",
  source:
    "https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html#service-accounts-iam",
  check: (facts) =>
    distinct(
      mountAccess(facts).flatMap(({ mount: { workload, mode }, account, link }) => {
        // A ServiceAccount of somebody else may have its role from there.
        if (link !== undefined || account === undefined) return [];
        if (facts.accounts.mayBeLinkedElsewhere(workload, workload.serviceAccount, mode)) return [];
        const missing =
          mode === "IRSA"
            ? "has no annotation eks.amazonaws.com/role-arn"
            : "has no Pod Identity association in this program";
        const message = `${account.label}, which ${workload.label} runs as, ${missing}, and the class wants ${mode}`;
        return [{ urn: account.urn, message }];
      }),
    ),
};
