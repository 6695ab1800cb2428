import { listing } from "../../rule";
import type { Rule } from "../../rule";

export const valuesMisnested: Rule = {
  id: "values-misnested",
  severity: "error",
  why:
    "Helm ignores a value at the wrong place without a word: the driver's settings stand at " +
    "the top of its own chart, and under secrets-store-csi-driver in the provider's. A key with dots is " +
    "one key, not a path as in --set.",
  remedy: "Move the value to the place where the chart reads it.",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws/issues/499",
  check: ({ installs }) =>
    installs.flatMap(({ urn, name, method, values }) => {
      const strange = method === "driver chart" ? PROVIDER_KEYS : DRIVER_KEYS;
      const misplaced = Object.keys(values).filter((key) => strange.includes(key) || isDotted(key));
      if (misplaced.length === 0) return [];
      return [{ urn, message: `${name} ignores ${listing(misplaced)}: the wrong level of values` }];
    }),
};

/** A path as `--set` of Helm takes it; in values it is a key with dots. */
const isDotted = (key: string): boolean =>
  key.includes(".") && [...DRIVER_KEYS, ...PROVIDER_KEYS].includes(key.replace(/\..*/, ""));

/** Of the driver's chart alone. */
const DRIVER_KEYS: readonly string[] = [
  ...["syncSecret", "enableSecretRotation", "rotationPollInterval", "tokenRequests"],
  ...["linux", "windows"],
];

/** Of the provider's chart alone. */
const PROVIDER_KEYS: readonly string[] = [
  ...["secrets-store-csi-driver", "awsRegion", "k8sThrottlingParams", "useFipsEndpoint"],
  "driverWritesSecrets",
];
