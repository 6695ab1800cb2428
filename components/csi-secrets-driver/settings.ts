import type * as pulumi from "@pulumi/pulumi";
import type { CsiSecretsDriverArgs } from "./args";
import type { Throttling } from "./chart-values";
import { DEFAULT_POLL_INTERVAL } from "./poll-interval";

const DEFAULTS = {
  namespace: "kube-system",
  chartRepository: "https://aws.github.io/secrets-store-csi-driver-provider-aws",
  // The driver's client allows itself 20 and 30: more than that would never be asked for.
  throttling: { qps: 20, burst: 30 },
} as const;

/** The plain arguments with every gap filled. */
export type DriverSettings = HelmSettings | AddonSettings;

interface CommonSettings {
  /** Absent: rotation is off. */
  readonly rotationPollInterval?: string;
  readonly useFipsEndpoint: boolean;
}

export interface HelmSettings extends CommonSettings {
  readonly mode: "helm";
  readonly namespace: string;
  readonly chartRepository: string;
  readonly throttling: Throttling;
  readonly imageRegistry?: string;
  readonly imagePullSecret?: string;
  readonly podIdentityHttpTimeout?: string;
}

export interface AddonSettings extends CommonSettings {
  readonly mode: "addon";
  readonly clusterName: pulumi.Input<string>;
  readonly addonNamespace?: string;
  readonly addonVersion?: string;
}

/** Fills the gaps of arguments that have no problem. */
export function resolveSettings(args: CsiSecretsDriverArgs): DriverSettings {
  const { clusterName, addonNamespace, addonVersion, imageRegistry, imagePullSecret } = args;
  const rotationPollInterval =
    args.rotation === false ? undefined : (args.rotation?.pollInterval ?? DEFAULT_POLL_INTERVAL);
  const common = { rotationPollInterval, useFipsEndpoint: args.useFipsEndpoint ?? false };
  // It is needed for the add-on, and refused for Helm.
  if (clusterName !== undefined) {
    return { mode: "addon", ...common, clusterName, addonNamespace, addonVersion };
  }
  return {
    mode: "helm",
    ...common,
    namespace: args.namespace ?? DEFAULTS.namespace,
    chartRepository: args.chartRepository ?? DEFAULTS.chartRepository,
    throttling: args.providerThrottling ?? DEFAULTS.throttling,
    imageRegistry,
    imagePullSecret,
    podIdentityHttpTimeout: args.podIdentityHttpTimeout,
  };
}
