import type { Rule } from "../../rule";

export const databaseUnprotected: Rule = {
  id: "database-unprotected",
  severity: "warning",
  why:
    "Deletion protection stops the API, Pulumi's protect stops a destroy before it deletes " +
    "anything else; with one of the two, and without protecting the secret, a destroy still " +
    "does half of its harm.",
  remedy:
    "Set deletionProtection and protect on the database, and protect on its secret; or none " +
    "of them where the data may be lost.",
  source: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
  check: ({ databases, secrets }) =>
    databases
      .filter(({ isGuarded }) => isGuarded)
      .flatMap(({ urn, name, deletionProtection, isProtected }) => [
        ...(deletionProtection
          ? []
          : [{ urn, message: `the protected database ${name} has no deletion protection` }]),
        ...(isProtected ? [] : [{ urn, message: `the database ${name} lacks Pulumi's protect` }]),
        ...secrets.all
          .filter((secret) => secret.masterPasswordOf.includes(urn) && !secret.isProtected)
          .map((secret) => ({
            urn: secret.urn,
            message: `the secret ${secret.name} of the protected database ${name} lacks Pulumi's protect`,
          })),
      ]),
};
