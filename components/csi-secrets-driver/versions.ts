/**
 * The versions that were tested together. The provider's chart brings the driver as a sub-chart, so
 * `driver` follows from `providerChart`: it is the version in that chart's `Chart.lock`, and it is
 * written down because the shape of the values and the way rotation works depend on it.
 *
 * A new version is taken over by hand: read both charts' values and the driver's custom resource
 * definitions for changes (`docs/decisions/0020-no-hook-jobs-for-the-driver-definitions.md`).
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/releases
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/releases
 */
export const TESTED_VERSIONS = {
  /** Chart `secrets-store-csi-driver-provider-aws`, and the provider's image. */
  providerChart: "3.1.1",
  /** Chart `secrets-store-csi-driver`, and the driver's image. */
  driver: "1.6.0",
  kubernetes: {
    /** The oldest version that the driver's chart accepts. */
    minimum: "1.30",
    /** The version of the API server that this pair was run with. */
    tested: "1.37",
  },
} as const;
