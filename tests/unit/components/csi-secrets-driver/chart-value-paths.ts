const DRIVER = "secrets-store-csi-driver/";

/**
 * Values that the templates of provider chart 3.1.1 and driver chart 1.6.0 read, of those that this
 * project has a use for; written down from the charts themselves.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/tree/main/charts/secrets-store-csi-driver-provider-aws/templates
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/tree/v1.6.0/charts/secrets-store-csi-driver/templates
 */
export const CHART_VALUE_PATHS: ReadonlySet<string> = new Set([
  "affinity",
  "awsRegion",
  "dnsConfig",
  "dnsPolicy",
  "driverWritesSecrets",
  "image/pullPolicy",
  "image/repository",
  "image/tag",
  "imagePullSecrets",
  "k8sThrottlingParams/burst",
  "k8sThrottlingParams/qps",
  "nodeSelector",
  "podIdentityHttpTimeout",
  "priorityClassName",
  "tolerations",
  "updateStrategy",
  "useFipsEndpoint",
  `${DRIVER}install`,
  `${DRIVER}enableSecretRotation`,
  `${DRIVER}imagePullSecrets`,
  `${DRIVER}linux/affinity`,
  `${DRIVER}linux/crds/enabled`,
  `${DRIVER}linux/crds/image/repository`,
  `${DRIVER}linux/image/repository`,
  `${DRIVER}linux/livenessProbeImage/repository`,
  `${DRIVER}linux/nodeSelector`,
  `${DRIVER}linux/priorityClassName`,
  `${DRIVER}linux/registrarImage/repository`,
  `${DRIVER}linux/tolerations`,
  `${DRIVER}rotationPollInterval`,
  `${DRIVER}syncSecret/enabled`,
  `${DRIVER}tokenRequests`,
]);
