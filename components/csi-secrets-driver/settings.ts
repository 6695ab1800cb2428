import type * as pulumi from "@pulumi/pulumi";
import { ArgError } from "../shared/arg-error";
import { nameProblem } from "../shared/kubernetes-names";
import type { CsiSecretsDriverArgs } from "./args";
import type { Throttling } from "./chart-values";
import { positiveDurationProblem } from "./go-duration";
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
  readonly rotationPollInterval: string | undefined;
  readonly useFipsEndpoint: boolean;
}

export interface HelmSettings extends CommonSettings {
  readonly mode: "helm";
  readonly namespace: string;
  readonly chartRepository: string;
  readonly throttling: Throttling;
  readonly imageRegistry: string | undefined;
  readonly imagePullSecret: string | undefined;
  readonly podIdentityHttpTimeout: string | undefined;
}

export interface AddonSettings extends CommonSettings {
  readonly mode: "addon";
  readonly clusterName: pulumi.Input<string>;
  readonly addonNamespace: string | undefined;
  readonly addonVersion: string | undefined;
}

type ArgName = keyof CsiSecretsDriverArgs;

const ADDON_ONLY: readonly ArgName[] = ["clusterName", "addonNamespace", "addonVersion"];
const HELM_ONLY: readonly ArgName[] = [
  "namespace",
  "imageRegistry",
  "imagePullSecret",
  "chartRepository",
  "providerThrottling",
  "podIdentityHttpTimeout",
];

/** Fills the gaps and checks what is plain. Throws `ArgError` before any resource exists. */
export function resolveSettings(component: string, args: CsiSecretsDriverArgs): DriverSettings {
  const refuse = (path: string, problem: string | undefined): void => {
    if (problem !== undefined) throw new ArgError(component, path, problem);
  };
  const mode = args.mode ?? "helm";
  refuse("mode", modeProblem(mode));
  for (const argument of mode === "helm" ? ADDON_ONLY : HELM_ONLY) {
    if (args[argument] !== undefined) refuse(argument, wrongModeProblem(mode));
  }

  const rotationPollInterval =
    args.rotation === false ? undefined : (args.rotation?.pollInterval ?? DEFAULT_POLL_INTERVAL);
  if (rotationPollInterval !== undefined) {
    refuse("rotation.pollInterval", positiveDurationProblem(rotationPollInterval));
  }
  const common = { rotationPollInterval, useFipsEndpoint: args.useFipsEndpoint ?? false };

  if (mode === "addon") {
    const { clusterName, addonNamespace, addonVersion } = args;
    if (clusterName === undefined) {
      throw new ArgError(component, "clusterName", "is needed when 'mode' is 'addon'; got nothing");
    }
    if (addonNamespace !== undefined) refuse("addonNamespace", nameProblem(addonNamespace));
    if (addonVersion !== undefined) refuse("addonVersion", addonVersionProblem(addonVersion));
    return { mode, ...common, clusterName, addonNamespace, addonVersion };
  }

  const { imageRegistry, imagePullSecret, podIdentityHttpTimeout } = args;
  const namespace = args.namespace ?? DEFAULTS.namespace;
  const chartRepository = args.chartRepository ?? DEFAULTS.chartRepository;
  const throttling = args.providerThrottling ?? DEFAULTS.throttling;
  refuse("namespace", nameProblem(namespace));
  refuse("chartRepository", chartRepositoryProblem(chartRepository));
  refuse("providerThrottling.qps", throttlingProblem(throttling.qps));
  refuse("providerThrottling.burst", throttlingProblem(throttling.burst));
  if (imageRegistry !== undefined) refuse("imageRegistry", imageRegistryProblem(imageRegistry));
  if (imagePullSecret !== undefined) refuse("imagePullSecret", secretNameProblem(imagePullSecret));
  if (podIdentityHttpTimeout !== undefined) {
    refuse("podIdentityHttpTimeout", positiveDurationProblem(podIdentityHttpTimeout));
  }
  return {
    mode,
    ...common,
    namespace,
    chartRepository,
    throttling,
    imageRegistry,
    imagePullSecret,
    podIdentityHttpTimeout,
  };
}

/** Names of AWS regions, of all partitions: `eu-central-1`, `us-gov-west-1`, `us-isob-east-1`. */
export function regionProblem(region: string): string | undefined {
  if (/^[a-z]+(-[a-z]+)+-\d+$/.test(region)) return undefined;
  return `must be an AWS region such as 'eu-central-1'; got '${region}'`;
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export function clusterNameProblem(clusterName: string): string | undefined {
  if (/^[0-9A-Za-z][-_0-9A-Za-z]{0,99}$/.test(clusterName)) return undefined;
  return (
    "must be 1 to 100 letters, digits, hyphens and underscores and start with a letter or digit; " +
    `got '${clusterName}'`
  );
}

/** Callers without types may pass anything. */
function modeProblem(mode: string): string | undefined {
  if (mode === "helm" || mode === "addon") return undefined;
  return `must be 'helm' or 'addon'; got '${mode}'`;
}

function wrongModeProblem(mode: DriverSettings["mode"]): string {
  return mode === "helm"
    ? "belongs to the EKS add-on; leave it out, or set 'mode' to 'addon'"
    : "cannot be set on the EKS add-on; leave it out, or set 'mode' to 'helm'";
}

function addonVersionProblem(version: string): string | undefined {
  if (/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version)) return undefined;
  return `must be a version such as 'v3.1.1-eksbuild.1'; got '${version}'`;
}

function chartRepositoryProblem(repository: string): string | undefined {
  if (/^(https?|oci):\/\/[^\s/]+(\/[^\s/]+)*$/.test(repository)) return undefined;
  return `must start with https://, http:// or oci:// and not end with a slash; got '${repository}'`;
}

function imageRegistryProblem(registry: string): string | undefined {
  if (/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/.test(registry)) return undefined;
  return (
    "must be a host with an optional port and path, without a scheme or a slash at its end, " +
    `such as 'registry.example.com/mirror'; got '${registry}'`
  );
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
function secretNameProblem(name: string): string | undefined {
  if (name.length <= 253 && /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(name)) return undefined;
  return (
    "must be 1 to 253 lower-case letters, digits, hyphens and dots, " +
    `with a letter or digit at both ends; got '${name}'`
  );
}

function throttlingProblem(rate: number): string | undefined {
  if (Number.isInteger(rate) && rate >= 1 && rate <= 1000) return undefined;
  return `must be a whole number from 1 to 1000; got ${rate}`;
}
