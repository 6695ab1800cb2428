import type { Registration } from "../../simulation/mocks/run";
import { textOf } from "../../simulation/wire/values";
import { chartName } from "./drivers";
import { type Clusters, opened } from "./location";

/** A Helm chart that the program installs, whatever is in it. */
export interface Chart {
  readonly urn: string;
  readonly name: string;
  /** Name of the chart without its address; empty where it is not known. */
  readonly chart: string;
  readonly cluster: number;
  readonly values: unknown;
  /** Whether all its values are at hand. */
  readonly valuesKnown: boolean;
}

/** Charts of which it is known what they bring: no class, no pod of an app, and no other controller. */
export const KNOWN_CHARTS: readonly string[] = [
  ...["secrets-store-csi-driver", "secrets-store-csi-driver-provider-aws", "reloader"],
  ...["aws-load-balancer-controller", "aws-ebs-csi-driver", "aws-efs-csi-driver"],
  ...["cert-manager", "cluster-autoscaler", "external-dns", "ingress-nginx", "karpenter"],
  ...["kube-prometheus-stack", "metrics-server"],
];

const HELM = /^kubernetes:helm\.sh\/v\d:(?:Release|Chart)$/;

export const chartsOf = (
  registrations: readonly Registration[],
  clusters: Clusters,
): readonly Chart[] =>
  registrations
    .filter(({ type }) => HELM.test(type))
    .map((registration) => {
      const properties = opened(registration);
      return {
        urn: registration.urn,
        name: registration.name,
        chart: chartName(textOf(properties.chart) ?? ""),
        cluster: clusters.numberOf(registration),
        values: properties.values,
        valuesKnown: properties.valueYamlFiles === undefined,
      };
    });

/** A part of the program that stands in something that is not at hand. */
export interface Unread {
  readonly urn: string;
  /** The component that it belongs to. */
  readonly name: string;
  /** A file, an address or a chart. */
  readonly what: string;
}

export const unreadOf = (registrations: readonly Registration[]): readonly Unread[] =>
  registrations.flatMap(({ urn, name, unread = [] }) =>
    unread.map((what) => ({ urn, name, what })),
  );
