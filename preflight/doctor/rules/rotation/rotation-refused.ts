import type { Rule } from "../../rule";

export const rotationRefused: Rule = {
  id: "rotation-refused",
  severity: "error",
  why:
    "Secrets Manager takes a schedule for a secret of one's own only with a function, and tries to call that " +
    "at once: 'No Lambda rotation function ARN is associated', or 'cannot invoke the specified Lambda function'.",
  remedy:
    "Name the function in rotationLambdaArn, and declare an aws.lambda.Permission for it with the principal " +
    "secretsmanager.amazonaws.com.",
  source:
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html",
  check: ({ rotationStarts }) =>
    rotationStarts.flatMap(({ urn, name, secret, function: named, permissions }) => {
      if (permissions === undefined || permissions.length > 0) return [];
      const message =
        named === undefined
          ? `the schedule ${name} names no function that rotates the secret ${secret}`
          : `nothing in this program lets Secrets Manager call the function ${named}, which is to rotate the secret ${secret}`;
      return [{ urn, message }];
    }),
};
