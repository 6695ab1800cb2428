import { canAssume, mountAccess } from "../../access";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const trustAnyAudience: Rule = {
  id: "trust-any-audience",
  severity: "warning",
  why:
    "The issuer signs tokens for any audience that somebody asks for. Without a condition on " +
    "it, a token that the pod handed to another service takes the role as well.",
  remedy: "Add the condition StringEquals ISSUER:aud = sts.amazonaws.com to the trust policy.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
  check: (facts) =>
    distinct(
      mountAccess(facts).flatMap(({ mount: { workload, mode }, link }) => {
        if (link?.role === undefined || mode !== "IRSA") return [];
        const { namespace, serviceAccount } = workload;
        const other = canAssume(
          link,
          { namespace, serviceAccount, audience: "https://example.com" },
          facts.context,
          facts.oidcProviders,
        );
        if (other.verdict !== "allowed") return [];
        return [
          {
            urn: link.role.urn,
            message: `the role ${link.role.name} takes tokens for any audience`,
          },
        ];
      }),
    ),
};
