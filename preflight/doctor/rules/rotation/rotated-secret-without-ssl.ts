import type { SaidSsl } from "../../facts";
import type { Rule } from "../../rule";

export const rotatedSecretWithoutSsl: Rule = {
  id: "rotated-secret-without-ssl",
  severity: "warning",
  why:
    "Where the secret's JSON says ssl false, AWS's function connects in plain text, or not at all to a database that " +
    "demands TLS. Where it says neither true nor false, the function tries TLS and then plain text, also after a " +
    "certificate that it did not trust: passwords go to whoever answers.",
  remedy: 'Put "ssl": true into the secret\'s JSON.',
  source:
    "https://github.com/aws-samples/aws-secrets-manager-rotation-lambdas/tree/master/SecretsManagerRDSPostgreSQLRotationSingleUser",
  check: ({ rotations }) =>
    rotations.flatMap(({ secret, by }) => {
      if (typeof by !== "object" || by.code !== "AWS" || secret === undefined) return [];
      const { content, name, urn } = secret;
      if (typeof content !== "object") return [];
      const message = MESSAGES[content.ssl]?.(name, by.name);
      return message === undefined ? [] : [{ urn, message }];
    }),
};

const MESSAGES: Partial<Record<SaidSsl, (secret: string, lambda: string) => string>> = {
  off: (secret, lambda) =>
    `the secret ${secret} says ssl false to ${lambda}, which then connects without TLS`,
  either: (secret, lambda) =>
    `the secret ${secret} does not say ssl to ${lambda}, which then connects without TLS where it must`,
};
