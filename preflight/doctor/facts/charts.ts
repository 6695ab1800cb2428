import type { Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { recordOf, textOf } from "../../simulation/wire/values";
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
  registrations.flatMap((registration) => {
    const { urn, name, unread = [], type } = registration;
    const deploys = DEPLOYERS.test(type) ? ["what is behind the source"] : [];
    return [...unread, ...deploys, ...commandsOf(registration)].map((what) => ({
      urn,
      name,
      what,
    }));
  });

/** Objects by which Argo CD, Flux or k3s deploys what stands in a repository or a chart. */
const DEPLOYERS =
  /^kubernetes:(?:argoproj\.io\/v\w+:Application(?:Set)?|(?:kustomize|helm)\.toolkit\.fluxcd\.io\/v\w+:(?:Kustomization|HelmRelease)|helm\.cattle\.io\/v\w+:HelmChart)$/;

const COMMAND = /^command:(?:local|remote):Command$/;

/** Commands that may deploy something. */
const commandsOf = ({ type, inputs }: Registration): readonly string[] => {
  const { create, update } = recordOf(unwrapSecrets(inputs));
  return COMMAND.test(type) &&
    [create, update].some((text) =>
      /\b(?:kubectl|helm|eksctl|kustomize)\b|\baws\s+eks\b/.test(textOf(text) ?? ""),
    )
    ? ["what is deployed by the command"]
    : [];
};
