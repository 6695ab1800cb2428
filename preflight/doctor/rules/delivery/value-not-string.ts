import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const valueNotString: Rule = {
  id: "value-not-string",
  severity: "error",
  why:
    "The provider delivers strings only and refuses the whole mount for a number, as the port " +
    "of an RDS secret is.",
  remedy: "Wrap the path in to_string(…).",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws/issues/250",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount, failures }) =>
        failures
          .filter(({ kind }) => kind === "not a string")
          .map(({ path, alias, secret }) => ({
            urn: mount.providerClass.urn,
            message: `the path "${path}" of the file "${alias}" does not give a string in the secret ${secret}`,
          })),
      ),
    ),
};
