import { mountAccess } from "../../access";
import { because } from "../because";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const trustRefuses: Rule = {
  id: "trust-refuses",
  severity: "error",
  why:
    "The role's trust policy does not let this ServiceAccount take it: namespace, name, " +
    "audience or cluster differ, and every mount fails with AccessDenied.",
  remedy:
    "Let the trust policy name the audience sts.amazonaws.com and the subject " +
    "system:serviceaccount:NAMESPACE:NAME (IRSA), or pods.eks.amazonaws.com with " +
    "sts:AssumeRole and sts:TagSession (Pod Identity). Both are needed on a target role as well, in " +
    "its trust policy and in the policies of the role that takes it.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
  check: (facts) =>
    distinct(
      mountAccess(facts).flatMap(({ mount: { workload }, link, trust, chain }) => {
        if (link?.role === undefined) return [];
        const target = link.target?.role;
        if (target !== undefined && chain?.verdict === "denied") {
          const message = `the role ${link.role.name} may not take the target role ${target.name}${because(chain)}`;
          return [{ urn: target.urn, message }];
        }
        if (trust.verdict !== "denied") return [];
        // A name in the place of an ARN leads to no role, and is a finding of its own.
        if (!link.roleArn.startsWith("arn:") && link.mode === "IRSA") return [];
        const by = trust.statement === undefined ? "" : ` (${trust.statement})`;
        const account = `${workload.namespace}/${workload.serviceAccount}`;
        const message = `the role ${link.role.name} does not let the ServiceAccount ${account} take it${by}`;
        return [{ urn: link.role.urn, message }];
      }),
    ),
};
