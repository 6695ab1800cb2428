import type { Rule } from "../../rule";

export const secretInPlainText: Rule = {
  id: "secret-in-plain-text",
  severity: "error",
  why:
    "The value stands in the manifest, in etcd's object, in every audit log and in kubectl " +
    "describe, for all who may read the object.",
  remedy: "Put the value into a secret of Secrets Manager and take it from there.",
  source: "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
  check: ({ plainTextSecrets }) =>
    plainTextSecrets.map(({ urn, resource, where }) => ({
      urn,
      message: `${resource} holds a secret in plain text: ${where}`,
    })),
};
