import type { Rule } from "../../rule";

export const rotationNotOrdered: Rule = {
  id: "rotation-not-ordered",
  severity: "warning",
  why:
    "Secrets Manager tries to call the function when it takes the schedule. Without an order the permission " +
    "may be made later, and the update fails now and then with 'cannot invoke the specified Lambda function'.",
  remedy: "Let the schedule depend on the permission (dependsOn).",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot_rotation.html",
  check: ({ rotationStarts, order }) =>
    rotationStarts
      .filter(({ permissions = [] }) => permissions.length > 0)
      .filter(({ urn, permissions = [] }) => !permissions.some((each) => order.waits(urn, each)))
      .map(({ urn, name, function: named = "" }) => ({
        urn,
        message: `the schedule ${name} does not depend on what lets Secrets Manager call the function ${named}`,
      })),
};
