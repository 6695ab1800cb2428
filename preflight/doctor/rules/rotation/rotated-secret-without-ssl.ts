import type { Rule } from "../../rule";

export const rotatedSecretWithoutSsl: Rule = {
  id: "rotated-secret-without-ssl",
  severity: "warning",
  why:
    "Where the secret's JSON does not say ssl, AWS's function tries TLS and then plain text, also after a " +
    "certificate that it did not trust: passwords go to whoever answers.",
  remedy: 'Put "ssl": true into the secret\'s JSON.',
  source:
    "https://github.com/aws-samples/aws-secrets-manager-rotation-lambdas/tree/master/SecretsManagerRDSPostgreSQLRotationSingleUser",
  check: ({ rotations }) =>
    rotations.flatMap(({ secret, by }) => {
      if (typeof by !== "object" || by.code !== "AWS" || secret === undefined) return [];
      const { content, name, urn } = secret;
      if (typeof content !== "object" || typeof content.shape !== "object") return [];
      const ssl = Object.entries(content.shape).find(([key]) => key === "ssl")?.[1];
      const message = `the secret ${name} does not say ssl to ${by.name}, which then connects without TLS where it must`;
      // An unknown value may well be true.
      const isSaid = ssl === "boolean" || ssl === "string" || ssl === "unknown";
      return isSaid ? [] : [{ urn, message }];
    }),
};
