import { canAssume, mountAccess } from "../../access";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const trustAnyServiceAccount: Rule = {
  id: "trust-any-service-account",
  severity: "warning",
  why:
    "Without a condition on the subject, every pod of the cluster can take the role and read " +
    "what it reads.",
  remedy:
    "Add the condition StringEquals ISSUER:sub = system:serviceaccount:NAMESPACE:NAME to the " +
    "trust policy.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
  check: (facts) =>
    distinct(
      mountAccess(facts).flatMap(({ mount: { workload, mode }, link }) => {
        if (link?.role === undefined || mode !== "IRSA") return [];
        const { namespace, serviceAccount } = workload;
        const other = canAssume(
          link,
          { namespace: `other-${namespace}`, serviceAccount: `other-${serviceAccount}` },
          facts.context,
          facts.oidcProviders,
        );
        if (other.verdict !== "allowed") return [];
        return [
          {
            urn: link.role.urn,
            message: `the role ${link.role.name} lets any ServiceAccount of the cluster take it`,
          },
        ];
      }),
    ),
};
