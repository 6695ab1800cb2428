import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const secretNotJson: Rule = {
  id: "secret-not-json",
  severity: "error",
  why: "A path needs JSON to look into; on plain text the provider refuses the whole mount.",
  remedy: "Store the secret as a JSON object, or leave out jmesPath and mount it as one file.",
  source:
    "https://github.com/aws/secrets-store-csi-driver-provider-aws#secretproviderclass-options",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount, failures }) =>
        failures
          .filter(({ kind }) => kind === "not JSON")
          .map(({ path, alias, secret }) => ({
            urn: mount.providerClass.urn,
            message: `the path "${path}" of the file "${alias}" needs JSON, and the secret ${secret} is plain text`,
          })),
      ),
    ),
};
