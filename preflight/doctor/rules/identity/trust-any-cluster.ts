import { canAssume, mountAccess } from "../../access";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const trustAnyCluster: Rule = {
  id: "trust-any-cluster",
  severity: "note",
  why:
    "The trust policy admits the Pod Identity service without saying for which cluster, so an " +
    "association on any cluster of the account hands out the role.",
  remedy: "Add conditions on aws:SourceAccount and aws:SourceArn with the cluster's ARN.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
  check: (facts) =>
    distinct(
      mountAccess(facts).flatMap(({ mount: { workload, mode }, link }) => {
        if (link?.role === undefined || mode !== "Pod Identity") return [];
        const { namespace, serviceAccount } = workload;
        const elsewhere = { ...link, clusterName: `other-${link.clusterName ?? ""}` };
        const applicant = { namespace, serviceAccount };
        const other = canAssume(elsewhere, applicant, facts.context, facts.oidcProviders);
        if (other.verdict !== "allowed") return [];
        const message = `the role ${link.role.name} can be taken on any cluster`;
        return [{ urn: link.role.urn, message }];
      }),
    ),
};
