import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const jmespathInvalid: Rule = {
  id: "jmespath-invalid",
  severity: "error",
  why:
    "A key with a hyphen, a dot or a digit in front is no JMESPath identifier unless it is " +
    "quoted, and a function refuses what is not of its type, such as a key that is missing; the mount " +
    "fails, and its event blames permissions.",
  remedy:
    "Quote the key inside the path: '\"db-password\"'; give functions what they take, with to_string(port) for " +
    "a number and another value for a missing one: name || 'orders'.",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws/issues/66",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount, failures }) =>
        failures
          .filter(({ kind }) => kind in SAYS)
          .map(({ kind, path, alias, secret }) => ({
            urn: mount.providerClass.urn,
            message: `the path "${path}" of the file "${alias}" from the secret ${secret} ${SAYS[kind] ?? ""}`,
          })),
      ),
    ),
};

const SAYS: Readonly<Record<string, string>> = {
  "invalid path": "is no JMESPath expression",
  "wrong use": "calls a function with what it does not take, such as a number or a missing key",
};
