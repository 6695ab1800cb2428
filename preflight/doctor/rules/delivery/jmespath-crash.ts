import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const jmespathCrash: Rule = {
  id: "jmespath-crash",
  severity: "error",
  why:
    "The provider's process on the node dies on the expression, and again at each retry; no pod of " +
    "the node can mount secrets meanwhile.",
  remedy:
    "Call merge with objects only, contains with a text or number, and nothing but a function's " +
    "name with parentheses.",
  source: "https://github.com/jmespath/go-jmespath/blob/v0.4.0/functions.go",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount, failures }) =>
        failures
          .filter(({ kind }) => kind === "crash")
          .map(({ path, alias, secret }) => ({
            urn: mount.providerClass.urn,
            message: `the provider on the node dies on the path "${path}" of the file "${alias}" from the secret ${secret}`,
          })),
      ),
    ),
};
