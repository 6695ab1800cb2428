import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const jmespathInvalid: Rule = {
  id: "jmespath-invalid",
  severity: "error",
  why:
    "A key with a hyphen, a dot or a digit in front is no JMESPath identifier unless it is " +
    "quoted; the mount fails, and its event blames permissions.",
  remedy: "Quote the key inside the path: '\"db-password\"'.",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws/issues/66",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount, failures }) =>
        failures
          .filter(({ kind }) => kind === "invalid path")
          .map(({ path, alias, secret }) => ({
            urn: mount.providerClass.urn,
            message: `the path "${path}" of the file "${alias}" from the secret ${secret} is no JMESPath expression`,
          })),
      ),
    ),
};
