import type { Registration } from "../../simulation/mocks/run";
import { holdsUnknown, isLate } from "../../simulation/wire/unknown";
import { at, listOf, recordOf, textOf } from "../../simulation/wire/values";
import { type Clusters, opened, type Properties } from "./location";

/** A cluster that the program makes. */
export interface EksCluster {
  readonly urn: string;
  readonly name: string;
  readonly cluster: number;
  /** Kubernetes version, where the program says one. */
  readonly version: string | undefined;
  /** Whether any address may reach its API; `undefined` where that is not known. */
  readonly isOpenToTheWorld: boolean | undefined;
  /** Whether EKS Auto Mode is on or may be: it brings a load balancer controller and a Pod Identity agent. */
  readonly mayBeInAutoMode: boolean;
}

/** What EKS runs on Fargate. */
export interface FargateSelector {
  readonly urn: string;
  readonly name: string;
  readonly cluster: number;
  /** May hold `*` and `?`. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

export function eksClustersOf(
  registrations: readonly Registration[],
  clusters: Clusters,
): readonly EksCluster[] {
  // The engine tells of what is inside of a component, too, and not of all that it was given.
  const withChild = new Set(
    registrations
      .filter(({ type }) => type === "aws:eks/cluster:Cluster")
      .map(({ parent }) => parent),
  );
  return registrations.flatMap((registration) => {
    const isRaw = registration.type === "aws:eks/cluster:Cluster";
    if (!isRaw && registration.type !== "eks:index:Cluster") return [];
    const properties = opened(registration);
    const given = eksNameOf(registration);
    const version = textOf(properties.version);
    const { urn } = registration;
    const isOpenToTheWorld = withChild.has(urn)
      ? undefined
      : isOpen(isRaw ? properties.vpcConfig : properties);
    const cluster = clusters.numberOfName(given);
    return [
      {
        ...{ urn, name: given, cluster, version, isOpenToTheWorld },
        mayBeInAutoMode: mayBeInAutoMode(properties),
      },
    ];
  });
}

/** The name of a cluster on EKS, by the resource that makes it. */
export function eksNameOf(registration: Registration): string {
  const { name, eksCluster } = opened(registration);
  const isRaw = registration.type === "aws:eks/cluster:Cluster";
  return textOf(isRaw ? name : at(eksCluster, "name")) ?? registration.name;
}

function mayBeInAutoMode(properties: Properties): boolean {
  const switches = [
    at(properties, "autoMode", "enabled"),
    at(properties, "autoMode"),
    at(properties, "kubernetesNetworkConfig", "elasticLoadBalancing", "enabled"),
    at(properties, "kubernetesNetworkConfig", "elasticLoadBalancing"),
    at(properties, "kubernetesNetworkConfig"),
  ];
  return switches.some((value) => value === true || isLate(value));
}

/** Where nothing is said, EKS opens the endpoint, to all. */
function isOpen(config: unknown): boolean | undefined {
  const [isPublic, cidrs] = [at(config, "endpointPublicAccess"), at(config, "publicAccessCidrs")];
  if (isPublic === false) return false;
  if (
    cidrs !== undefined &&
    listOf(cidrs).some((each) => /^(?:0\.0\.0\.0|::)\/0$/.test(String(each)))
  ) {
    return holdsUnknown(isPublic) ? undefined : true;
  }
  if (holdsUnknown([config, isPublic, cidrs])) return undefined;
  return listOf(cidrs).length === 0;
}

export function fargateSelectorsOf(
  registrations: readonly Registration[],
  clusters: Clusters,
): readonly FargateSelector[] {
  return registrations.flatMap((registration) => {
    const isProfile = registration.type === "aws:eks/fargateProfile:FargateProfile";
    if (!isProfile && registration.type !== "eks:index:Cluster") return [];
    const properties = opened(registration);
    if (isProfile) {
      const clusterName = textOf(properties.clusterName) ?? "";
      return selectors(registration, clusters.numberOfName(clusterName), properties.selectors);
    }
    // `fargate: true` catches the namespaces `default` and `kube-system`.
    const fargate = properties.fargate;
    const cluster = clusters.numberOfName(textOf(at(properties, "eksCluster", "name")) ?? "");
    const usual = [{ namespace: "default" }, { namespace: "kube-system" }];
    if (fargate === true) return selectors(registration, cluster, usual);
    return selectors(registration, cluster, at(fargate, "selectors"));
  });
}

const selectors = (
  { urn, name }: Registration,
  cluster: number,
  given: unknown,
): readonly FargateSelector[] =>
  listOf(given).map((selector) => ({
    urn,
    name,
    cluster,
    namespace: textOf(at(selector, "namespace")) ?? "",
    labels: Object.fromEntries(
      Object.entries(recordOf(at(selector, "labels"))).map(([key, value]) => [
        key,
        textOf(value) ?? "",
      ]),
    ),
  }));

/** ARNs of the OpenID Connect providers that clusters bring along. */
export const clusterIssuersOf = (registrations: readonly Registration[]): readonly string[] =>
  registrations
    .filter(({ type }) => type === "eks:index:Cluster")
    .flatMap((registration) => textOf(opened(registration).oidcProviderArn) || []);
