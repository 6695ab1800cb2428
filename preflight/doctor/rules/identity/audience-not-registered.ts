import { mountAccess } from "../../access";
import { distinct, listing } from "../../rule";
import type { Rule } from "../../rule";

const AUDIENCE = "sts.amazonaws.com";

export const audienceNotRegistered: Rule = {
  id: "audience-not-registered",
  severity: "error",
  why:
    "STS takes a token only for an audience that the OpenID Connect provider in IAM lists, and the tokens " +
    "of pods are for sts.amazonaws.com. Every mount fails with 'Incorrect token audience'.",
  remedy: "Add sts.amazonaws.com to clientIdLists.",
  source:
    "https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html",
  check: (facts) =>
    distinct(
      mountAccess(facts).flatMap(({ mount, link }) => {
        if (mount.mode !== "IRSA" || link?.role === undefined) return [];
        const trust = JSON.stringify(link.role.trust);
        return facts.tokenIssuers
          .filter(({ arn }) => trust.includes(`"${arn}"`))
          .filter(({ audiences }) => audiences?.includes(AUDIENCE) === false)
          .map(({ urn, name, audiences = [] }) => ({
            urn,
            message: `the OpenID Connect provider ${name} takes no tokens for ${AUDIENCE}, only for ${listing(audiences)}`,
          }));
      }),
    ),
};
