import type { Registration } from "../../simulation/mocks/run";
import { at, listOf, recordOf, textOf } from "../../simulation/wire/values";
import { type Clusters, opened } from "./location";

/** One way in which the program installs the driver, the AWS provider, or both. */
export interface Install {
  readonly urn: string;
  readonly name: string;
  readonly method: "driver chart" | "provider chart" | "add-on";
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

/** What the provider's chart sets for the driver since it stopped minting tokens itself. */
const CHART_AUDIENCES = ["sts.amazonaws.com", "pods.eks.amazonaws.com"];

export function installsOf(
  registrations: readonly Registration[],
  clusters: Clusters,
): readonly Install[] {
  return registrations.flatMap((registration) => {
    if (HELM.test(registration.type)) return helmInstall(registration, clusters);
    if (registration.type === "aws:eks/addon:Addon") return addonInstall(registration, clusters);
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
    valuesKnown: properties.valueYamlFiles === undefined,
    values,
  };
  if (chart === DRIVER_CHART) {
    return [
      {
        ...common,
        method: "driver chart",
        installsDriver: true,
        installsProvider: false,
        driverValues: values,
        audiences: audiencesOf(values.tokenRequests) ?? [],
        providerTolerations: [],
      },
    ];
  }
  // The driver is a sub-chart since 2.0.
  const driverValues = recordOf(values[SUB_CHART]);
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

function addonInstall(registration: Registration, clusters: Clusters): readonly Install[] {
  const properties = opened(registration);
  if (properties.addonName !== ADDON) return [];
  const configuration = textOf(properties.configurationValues);
  const values = parsed(configuration);
  const driverValues = recordOf(at(values, SUB_CHART));
  return [
    {
      urn: registration.urn,
      name: registration.name,
      method: "add-on",
      cluster: clusters.numberOfName(textOf(properties.clusterName) ?? ""),
      version: textOf(properties.addonVersion),
      installsDriver: true,
      installsProvider: true,
      valuesKnown: configuration === undefined || values !== undefined,
      values: recordOf(values),
      driverValues,
      audiences: audiencesOf(driverValues.tokenRequests) ?? CHART_AUDIENCES,
      providerTolerations: listOf(at(values, "tolerations")),
    },
  ];
}

/** Last part of a chart's name, path or `oci://` address, without a version at its end. */
const chartName = (chart: string): string =>
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

/** Add-on configurations may be JSON or YAML; only JSON is read. */
function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "{}");
  } catch {
    return undefined;
  }
}
