import type { Registration } from "../../simulation/mocks/run";
import { holdsUnknown } from "../../simulation/wire/unknown";
import { at, listOf, recordOf, textOf } from "../../simulation/wire/values";
import type { Addon } from "./addons";
import { type Clusters, opened } from "./location";

/** One way in which the program installs the driver, the AWS provider, or both. */
export interface Install {
  readonly urn: string;
  readonly name: string;
  readonly method: "driver chart" | "provider chart" | "add-on" | "manifest";
  readonly cluster: number;
  /** Version of the chart or add-on; `undefined`: whatever is newest. */
  readonly version: string | undefined;
  readonly installsDriver: boolean;
  readonly installsProvider: boolean;
  /** Whether the values can be seen. */
  readonly valuesKnown: boolean;
  /** The values as they are given. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The values that reach the driver. */
  readonly driverValues: Readonly<Record<string, unknown>>;
  /** Audiences of the tokens that the kubelet hands to the driver. */
  readonly audiences: readonly string[];
  readonly providerTolerations: readonly unknown[];
}

const SUB_CHART = "secrets-store-csi-driver";
const DRIVER_CHART = "secrets-store-csi-driver";
const PROVIDER_CHART = "secrets-store-csi-driver-provider-aws";
const ADDON = "aws-secrets-store-csi-driver-provider";
const HELM = /^kubernetes:helm\.sh\/v\d:(?:Release|Chart)$/;
/** Name of the DaemonSet and of its ServiceAccount in the provider's own manifest. */
const CSI_DRIVER = /^kubernetes:storage\.k8s\.io\/v\w+:CSIDriver$/;
const DAEMON_SET = /^kubernetes:apps\/v\w+:DaemonSet$/;
const PROVIDER_MANIFEST = "csi-secrets-store-provider-aws";

/** What the provider's chart sets for the driver since it stopped minting tokens itself. */
const CHART_AUDIENCES = ["sts.amazonaws.com", "pods.eks.amazonaws.com"];

export function installsOf(
  registrations: readonly Registration[],
  addons: readonly Addon[],
  clusters: Clusters,
): readonly Install[] {
  const byUrn = new Map(addons.map((addon) => [addon.urn, addon]));
  return registrations.flatMap((registration) => {
    if (HELM.test(registration.type)) return helmInstall(registration, clusters);
    const addon = byUrn.get(registration.urn);
    if (addon !== undefined) return addon.addonName === ADDON ? [addonInstall(addon)] : [];
    if (DAEMON_SET.test(registration.type)) return manifestInstall(registration, clusters);
    if (CSI_DRIVER.test(registration.type)) return driverManifest(registration, clusters);
    return [];
  });
}

function helmInstall(registration: Registration, clusters: Clusters): readonly Install[] {
  const properties = opened(registration);
  const chart = chartName(textOf(properties.chart) ?? "");
  if (chart !== DRIVER_CHART && chart !== PROVIDER_CHART) return [];
  const values = recordOf(properties.values);
  const common = {
    urn: registration.urn,
    name: registration.name,
    cluster: clusters.numberOf(registration),
    version: textOf(properties.version),
    valuesKnown: properties.valueYamlFiles === undefined && !holdsUnknown(properties.values),
    values,
  };
  if (chart === DRIVER_CHART) {
    return [
      {
        ...common,
        method: "driver chart",
        installsDriver: true,
        installsProvider: false,
        driverValues: withSwitches(values),
        audiences: audiencesOf(values.tokenRequests) ?? [],
        providerTolerations: [],
      },
    ];
  }
  // The driver is a sub-chart since 2.0.
  const driverValues = withSwitches(recordOf(values[SUB_CHART]));
  const bringsDriver = driverValues.install !== false && !olderThan(common.version, 2);
  return [
    {
      ...common,
      method: "provider chart",
      installsDriver: bringsDriver,
      installsProvider: true,
      driverValues: bringsDriver ? driverValues : {},
      audiences: audiencesOf(driverValues.tokenRequests) ?? CHART_AUDIENCES,
      providerTolerations: listOf(values.tolerations),
    },
  ];
}

/**
 * Values of the driver as its chart takes its switches where they are text: any is true in a template's
 * `if`, and what is rendered into a manifest counts as it reads there.
 *
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/tree/v1.6.0/charts/secrets-store-csi-driver/templates
 */
function withSwitches(values: Install["driverValues"]): Install["driverValues"] {
  const { enableSecretRotation: rotation, syncSecret } = values;
  const isText = (value: unknown): boolean => textOf(value) !== undefined && value !== "";
  return {
    ...values,
    ...(isText(rotation) && { enableSecretRotation: rotation === "true" }),
    ...(isText(at(syncSecret, "enabled")) && {
      syncSecret: { ...recordOf(syncSecret), enabled: true },
    }),
  };
}

function addonInstall({ configuration, version, ...addon }: Addon): Install {
  const driverValues = recordOf(at(configuration, SUB_CHART));
  return {
    ...{ urn: addon.urn, name: addon.name, cluster: addon.cluster },
    method: "add-on",
    version,
    installsDriver: true,
    installsProvider: true,
    valuesKnown: configuration !== undefined && !holdsUnknown(configuration),
    values: recordOf(configuration),
    driverValues,
    audiences: audiencesOf(driverValues.tokenRequests) ?? CHART_AUDIENCES,
    providerTolerations: listOf(at(configuration, "tolerations")),
  };
}

/**
 * The provider by its manifest, of which the image tells the version.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/main/deployment/aws-provider-installer.yaml
 */
function manifestInstall(registration: Registration, clusters: Clusters): readonly Install[] {
  const properties = opened(registration);
  const pod = at(properties, "spec", "template", "spec");
  const images = listOf(at(pod, "containers")).map((each) => textOf(at(each, "image")) ?? "");
  const image = images.find((each) => each.includes(`/${PROVIDER_CHART}`));
  const isNamed = textOf(at(properties, "metadata", "name")) === PROVIDER_MANIFEST;
  if (image === undefined && !isNamed) return [];
  return [
    {
      urn: registration.urn,
      name: registration.name,
      method: "manifest",
      cluster: clusters.numberOf(registration),
      version: /:v?(\d+\.\d+[\w.-]*)/.exec(image ?? "")?.[1],
      installsDriver: false,
      installsProvider: true,
      valuesKnown: true,
      values: {},
      driverValues: {},
      audiences: [],
      providerTolerations: listOf(at(pod, "tolerations")),
    },
  ];
}

/** The driver by its manifest: the object that registers it says what the kubelet does for it. */
function driverManifest(registration: Registration, clusters: Clusters): readonly Install[] {
  const properties = opened(registration);
  if (textOf(at(properties, "metadata", "name")) !== "secrets-store.csi.k8s.io") return [];
  const spec = recordOf(properties.spec);
  return [
    {
      urn: registration.urn,
      name: registration.name,
      method: "manifest",
      cluster: clusters.numberOf(registration),
      version: undefined,
      installsDriver: true,
      installsProvider: false,
      valuesKnown: !holdsUnknown(spec),
      values: {},
      driverValues: { enableSecretRotation: spec.requiresRepublish === true },
      audiences: audiencesOf(spec.tokenRequests) ?? [],
      providerTolerations: [],
    },
  ];
}

/** Last part of a chart's name, path or `oci://` address, without a version at its end. */
export const chartName = (chart: string): string =>
  (chart.split("/").at(-1) ?? "").replace(/(?:-\d+\.\d+\.\d+)?\.tgz$/, "");

function audiencesOf(tokenRequests: unknown): readonly string[] | undefined {
  if (tokenRequests === undefined) return undefined;
  return listOf(tokenRequests).map((request) => textOf(at(request, "audience")) ?? "");
}

/** Whether a version is known to be of an earlier major version; without a version it is the newest. */
export const olderThan = (version: string | undefined, major: number, minor = 0): boolean => {
  const parts = /^v?(\d+)\.(\d+)/.exec(version ?? "");
  if (parts === null) return false;
  const [found, foundMinor] = [Number(parts[1]), Number(parts[2])];
  return found < major || (found === major && foundMinor < minor);
};
