import { mountAccess } from "../../access";
import { because } from "../because";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const describeDenied: Rule = {
  id: "describe-denied",
  severity: "warning",
  why:
    "The provider describes a secret before it reads it again, with a failover region and on " +
    "drivers before 1.6: the first mount works, and rotation stops without a word.",
  remedy: "Allow secretsmanager:DescribeSecret next to GetSecretValue.",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws#usage",
  check: (facts) =>
    distinct(
      mountAccess(facts).flatMap(({ reads }) =>
        reads
          .filter(({ describe }) => describe?.verdict === "denied")
          .map(({ role, label, describe }) => ({
            urn: role.urn,
            message: `the role ${role.name} may not call secretsmanager:DescribeSecret on ${label}${because(describe)}`,
          })),
      ),
    ),
};
