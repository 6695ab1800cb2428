import type { Rule } from "../../rule";

export const arnNameMixedUp: Rule = {
  id: "arn-name-mixed-up",
  severity: "error",
  why:
    "AWS takes an ARN in some places and a name in others, and refuses the one for the other: a " +
    "ServiceAccount's annotation with a role's name fails in STS at every mount.",
  remedy: "Take the resource's arn where an ARN is wanted, and its name where a name is.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
  check: ({ mixedUpIdentifiers }) =>
    mixedUpIdentifiers.map(({ urn, where, wants, value }) => ({
      urn,
      message: `${where} holds "${value}", and AWS wants ${wants} there`,
    })),
};
