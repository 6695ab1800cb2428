import { mountAccess } from "../../access";
import { because } from "../because";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const readDenied: Rule = {
  id: "read-denied",
  severity: "error",
  why:
    "The mount fails with 'Failed to fetch secret from all regions', which also covers a " +
    "dozen other causes.",
  remedy:
    "Allow secretsmanager:GetSecretValue on the secret's ARN, or on NAME-??????; of a parameter " +
    "ssm:GetParameters on its ARN.",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws#usage",
  check: (facts) =>
    distinct(
      mountAccess(facts).flatMap(({ reads }) =>
        reads
          .filter(({ read }) => read.verdict === "denied")
          .map(({ role, label, action, read }) => ({
            urn: role.urn,
            message: `the role ${role.name} may not call ${action} on ${label}${because(read)}`,
          })),
      ),
    ),
};
