/**
 * The values of chart `secrets-store-csi-driver` that both ways of installing it understand.
 *
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/charts/secrets-store-csi-driver/values.yaml
 */
export interface DriverValues {
  readonly syncSecret: { readonly enabled: boolean };
  readonly enableSecretRotation: boolean;
  readonly rotationPollInterval?: string;
  readonly tokenRequests: readonly { readonly audience: string }[];
}

/** Tolerate every taint: a pod cannot mount its secret on a node where one of the two is missing. */
export const EVERY_TAINT = [{ operator: "Exists" }] as const;

/** Neither may be evicted before the pods that depend on it. */
export const PRIORITY_CLASS = "system-node-critical";

export function driverValues(rotationPollInterval: string | undefined): DriverValues {
  return {
    // Environment variables come from a Secret that the driver writes; it needs the right to do so.
    syncSecret: { enabled: true },
    // The chart also derives `requiresRepublish` from this: without it the kubelet never calls again.
    enableSecretRotation: rotationPollInterval !== undefined,
    ...(rotationPollInterval === undefined ? {} : { rotationPollInterval }),
    // The provider has not minted tokens itself since 3.0.0. The first audience is for IRSA, the
    // second for Pod Identity; without them every mount fails. They are the same in all partitions.
    tokenRequests: [{ audience: "sts.amazonaws.com" }, { audience: "pods.eks.amazonaws.com" }],
  };
}
