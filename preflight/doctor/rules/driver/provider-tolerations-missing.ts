import { at } from "../../../simulation/wire/values";
import type { Rule } from "../../rule";

export const providerTolerationsMissing: Rule = {
  id: "provider-tolerations-missing",
  severity: "warning",
  why:
    "The driver runs on every node, the provider only where no taint keeps it away. On a " +
    "tainted node every mount fails with 'provider not found'.",
  remedy: "Give the provider the toleration { operator: Exists }.",
  source: "https://github.com/kubernetes-sigs/secrets-store-csi-driver/issues/953",
  check: ({ installs }) =>
    installs
      .filter(({ installsProvider, valuesKnown }) => installsProvider && valuesKnown)
      .filter(({ providerTolerations }) => !providerTolerations.some(toleratesAll))
      .map(({ urn, name }) => ({
        urn,
        message: `the provider of ${name} does not tolerate every taint`,
      })),
};

const toleratesAll = (toleration: unknown): boolean =>
  at(toleration, "operator") === "Exists" &&
  at(toleration, "key") === undefined &&
  at(toleration, "effect") === undefined;
