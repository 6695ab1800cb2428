import type { Finding } from "../../../doctor/findings";
import { type ChainGraph, type ChainNode, nodesOf, type Station } from "./chain-graph";
import type { ResourceIndex } from "./resource-index";
import { typeOf } from "../../../simulation/wire/urn";

/** In the order of the chain. */
const STATIONS: readonly Station[] = [
  ...(["password", "database", "secret"] as const),
  ...(["role", "class", "files", "env"] as const),
];

/** Findings that speak of another station than that of their resource. */
const STATION_OF_RULE: Readonly<Record<string, Station>> = {
  "password-refused-by-rds": "password",
  "read-denied": "role",
  "describe-denied": "role",
  "decrypt-denied": "role",
  "region-differs": "class",
  "resource-wildcard": "role",
  "role-not-linked": "role",
  "kubernetes-too-old": "class",
  "class-not-found": "class",
  "class-in-other-namespace": "class",
  "fargate-catches-pod": "files",
  "volume-missing": "files",
  "volume-not-mounted": "files",
  "volume-not-read-only": "files",
};

/** By the start of the resource's type, for findings of every other rule. */
const STATION_OF_TYPE: readonly (readonly [type: string, station: Station])[] = [
  ["random:", "password"],
  ["aws:rds/", "database"],
  ["aws:ec2/", "database"],
  ["aws:vpc/", "database"],
  ["aws:secretsmanager/", "secret"],
  ["aws:kms/", "secret"],
  ["aws:iam/", "role"],
  ["aws:eks/", "role"],
  ["kubernetes:core/v1:ServiceAccount", "role"],
  ["kubernetes:secrets-store.csi.x-k8s.io/", "class"],
  ["kubernetes:helm.sh/", "class"],
];

/** Types of resources that belong to the station they depend on, or that depends on them. */
const ATTACHED =
  /^(aws:iam\/(rolePolicy|policy)|aws:eks\/podIdentityAssociation|aws:secretsmanager\/|aws:kms\/|aws:rds\/|aws:ec2\/securityGroup|aws:vpc\/securityGroup|kubernetes:core\/v1:ServiceAccount)/;

/** What carries every app's secrets: the driver and its provider, and the cluster they run on. */
const FOR_ALL_APPS = /^(kubernetes:helm\.sh\/|aws:eks\/(?:addon|cluster):|eks:index:Cluster$)/;

/** The findings of one app, each on the station that it concerns. */
export function placedFindings<F extends Finding>(
  findings: readonly F[],
  graph: ChainGraph,
  index: ResourceIndex,
  isElsewhere: (urn: string) => boolean,
): ReadonlyMap<ChainNode, readonly F[]> {
  const placed = new Map<ChainNode, F[]>();
  if (findings.length === 0) return placed;
  const nodes = nodesOf(graph);
  const owners = ownersOf(nodes, index, isElsewhere);
  for (const finding of findings) {
    const { urn } = finding;
    if (urn === undefined || !(owners.has(urn) || FOR_ALL_APPS.test(typeOf(urn)))) continue;
    const node = nodeFor(finding.id, urn, nodes, owners.get(urn));
    if (node !== undefined) placed.set(node, [...(placed.get(node) ?? []), finding]);
  }
  return placed;
}

/** The stations' resources, and what belongs to these and to no other app: by URN, whose it is. */
function ownersOf(
  nodes: readonly ChainNode[],
  { byUrn, dependents, children }: ResourceIndex,
  isElsewhere: (urn: string) => boolean,
): ReadonlyMap<string, ChainNode> {
  const owners = new Map<string, ChainNode>();
  const own = (urn: string, node: ChainNode): void => {
    if (!owners.has(urn)) owners.set(urn, node);
  };
  for (const node of nodes) if (node.urn !== undefined) own(node.urn, node);
  for (const node of nodes) {
    const resource = byUrn.get(node.urn ?? "");
    if (resource === undefined) continue;
    const before = resource.dependsOn.flatMap((each) => byUrn.get(each) ?? []);
    const attached = [...before, ...(dependents.get(resource.urn) ?? [])].filter(({ type }) =>
      ATTACHED.test(type),
    );
    const siblings = resource.parent === undefined ? [] : (children.get(resource.parent) ?? []);
    const parent = resource.parent === undefined ? [] : [resource.parent];
    for (const each of [...parent, ...[...attached, ...siblings].map((found) => found.urn)]) {
      if (!isElsewhere(each)) own(each, node);
    }
  }
  return owners;
}

function nodeFor(
  rule: string,
  urn: string,
  nodes: readonly ChainNode[],
  owner: ChainNode | undefined,
): ChainNode | undefined {
  const type = typeOf(urn);
  const byType = STATION_OF_TYPE.find(([start]) => type.startsWith(start))?.[1];
  const wanted = STATION_OF_RULE[rule] ?? byType ?? "env";
  // Without that station in the chain, the nearest one after it, else the last.
  const candidates =
    STATIONS.slice(STATIONS.indexOf(wanted))
      .map((station) => nodes.filter((node) => node.station === station))
      .find((found) => found.length > 0) ?? nodes.slice(-1);
  return (
    candidates.find((node) => node.urn === urn) ??
    candidates.find((node) => node === owner) ??
    candidates[0]
  );
}
