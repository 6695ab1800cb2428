import { distinct, listing } from "../../rule";
import type { Rule } from "../../rule";

export const keyMissing: Rule = {
  id: "key-missing",
  severity: "error",
  why:
    "The provider refuses the whole mount, and its event blames permissions: users look for a " +
    "missing right where a key is missing.",
  remedy: "Name a key that the secret has, or add the key to the secret.",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws/issues/552",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount, failures }) =>
        failures
          .filter(({ kind }) => kind === "missing")
          .map(({ path, alias, secret, keys }) => ({
            urn: mount.providerClass.urn,
            message: `the path "${path}" of the file "${alias}" finds nothing in the secret ${secret}, which has ${keys.length === 0 ? "no keys" : `the keys ${listing(keys)}`}`,
          })),
      ),
    ),
};
