import type * as pulumi from "@pulumi/pulumi";
import { driverValues, type DriverValues, EVERY_TAINT, PRIORITY_CLASS } from "./driver-values";

export interface ChartOptions {
  readonly region: pulumi.Input<string>;
  /** Absent: rotation is off. */
  readonly rotationPollInterval?: string;
  readonly throttling: Throttling;
  readonly imageRegistry?: string;
  readonly imagePullSecret?: string;
  readonly useFipsEndpoint: boolean;
  readonly podIdentityHttpTimeout?: string;
}

/** How fast one node's provider may call the Kubernetes API. */
export interface Throttling {
  /** Calls per second, sustained. */
  readonly qps: number;
  /** Calls at once before `qps` applies. */
  readonly burst: number;
}

interface Image {
  readonly repository: string;
}

type Tolerations = readonly { readonly operator: string }[];
type PullSecrets = readonly { readonly name: string }[];

/**
 * The values of chart `secrets-store-csi-driver-provider-aws` that this component sets; the driver's
 * own stand under the name of the sub-chart.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/main/charts/secrets-store-csi-driver-provider-aws/values.yaml
 */
export interface ChartValues {
  readonly awsRegion: pulumi.Input<string>;
  readonly tolerations: Tolerations;
  readonly priorityClassName: string;
  readonly k8sThrottlingParams: Throttling;
  readonly useFipsEndpoint: boolean;
  readonly podIdentityHttpTimeout?: string;
  readonly image?: Image;
  readonly imagePullSecrets?: PullSecrets;
  readonly "secrets-store-csi-driver": DriverValues & {
    readonly install: boolean;
    readonly imagePullSecrets?: PullSecrets;
    readonly linux: {
      readonly tolerations: Tolerations;
      readonly priorityClassName: string;
      readonly crds: { readonly enabled: boolean; readonly image?: Image };
      readonly image?: Image;
      readonly registrarImage?: Image;
      readonly livenessProbeImage?: Image;
    };
  };
}

/** The paths of the images in their public registries; a mirror keeps them. */
const IMAGES = {
  provider: "aws-secrets-manager/secrets-store-csi-driver-provider-aws",
  driver: "csi-secrets-store/driver",
  definitions: "csi-secrets-store/driver-crds",
  registrar: "sig-storage/csi-node-driver-registrar",
  livenessProbe: "sig-storage/livenessprobe",
} as const;

/** What the chart is told; everything not named here keeps the chart's default. */
export function chartValues(options: ChartOptions): ChartValues {
  const { region, imageRegistry, imagePullSecret, podIdentityHttpTimeout } = options;
  const mirrored = <Key extends string>(key: Key, path: string) =>
    (imageRegistry === undefined ? {} : { [key]: { repository: `${imageRegistry}/${path}` } }) as {
      readonly [K in Key]?: Image;
    };
  const pullSecrets =
    imagePullSecret === undefined ? {} : { imagePullSecrets: [{ name: imagePullSecret }] };
  return {
    // Without a region the provider asks the API server for pod and node at each mount.
    awsRegion: region,
    tolerations: EVERY_TAINT,
    priorityClassName: PRIORITY_CLASS,
    k8sThrottlingParams: options.throttling,
    useFipsEndpoint: options.useFipsEndpoint,
    ...(podIdentityHttpTimeout === undefined ? {} : { podIdentityHttpTimeout }),
    ...mirrored("image", IMAGES.provider),
    ...pullSecrets,
    "secrets-store-csi-driver": {
      install: true,
      ...driverValues(options.rotationPollInterval),
      ...pullSecrets,
      linux: {
        tolerations: EVERY_TAINT,
        priorityClassName: PRIORITY_CLASS,
        // docs/decisions/0020-no-hook-jobs-for-the-driver-definitions.md
        crds: { enabled: false, ...mirrored("image", IMAGES.definitions) },
        ...mirrored("image", IMAGES.driver),
        ...mirrored("registrarImage", IMAGES.registrar),
        ...mirrored("livenessProbeImage", IMAGES.livenessProbe),
      },
    },
  };
}
