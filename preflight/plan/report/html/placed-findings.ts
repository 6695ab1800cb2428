import type { Finding } from "../../../doctor/findings";
import type { ChainEdge, ChainGraph, ResourceIndex, Station } from "./chain-graph";

/** A link is called by the station it starts from: `secret` is the one from secret to role. */
type Link = Exclude<Station, "env">;

const LINKS: readonly Link[] = ["password", "database", "secret", "role", "class", "files"];

/** Findings that speak of another link than the one that starts from their resource. */
const LINK_OF_RULE: Readonly<Record<string, Link>> = {
  "password-refused-by-rds": "password",
  "read-denied": "secret",
  "describe-denied": "secret",
  "decrypt-denied": "secret",
  "region-differs": "secret",
  "resource-wildcard": "secret",
  "role-not-linked": "role",
  "kubernetes-too-old": "class",
  "class-not-found": "class",
  "class-in-other-namespace": "class",
  "fargate-catches-pod": "class",
  "volume-missing": "class",
  "volume-not-mounted": "class",
  "volume-not-read-only": "class",
  "sync-not-enabled": "files",
  "sync-refused": "files",
  "sync-rights-missing": "files",
  "synced-file-missing": "files",
  "synced-secret-managed": "files",
  "synced-secret-twice": "files",
};

/** By the start of the resource's type, for findings of every other rule. */
const LINK_OF_TYPE: readonly (readonly [type: string, link: Link])[] = [
  ["random:", "password"],
  ["aws:rds/", "database"],
  ["aws:ec2/", "database"],
  ["aws:vpc/", "database"],
  ["aws:secretsmanager/", "secret"],
  ["aws:iam/rolePolicy", "secret"],
  ["aws:iam/", "role"],
  ["aws:eks/", "role"],
  ["kubernetes:core/v1:ServiceAccount", "role"],
  ["kubernetes:secrets-store.csi.x-k8s.io/", "class"],
  ["kubernetes:helm.sh/", "class"],
  ["kubernetes:", "files"],
];

/** Types of resources that belong to the station they depend on, or that depends on them. */
const ATTACHED =
  /^(aws:iam\/(rolePolicy|policy)|aws:eks\/podIdentityAssociation|aws:secretsmanager\/|aws:kms\/|aws:rds\/|aws:ec2\/securityGroup|aws:vpc\/securityGroup|kubernetes:core\/v1:ServiceAccount)/;

/** What carries every app's secrets: the driver and its provider, and the cluster they run on. */
const FOR_ALL_APPS = /^(kubernetes:helm\.sh\/|aws:eks\/(?:addon|cluster):|eks:index:Cluster$)/;

/** The findings of one app, each on the link that it concerns. */
export function placedFindings<F extends Finding>(
  findings: readonly F[],
  graph: ChainGraph,
  index: ResourceIndex,
  isElsewhere: (urn: string) => boolean,
): ReadonlyMap<ChainEdge, readonly F[]> {
  const placed = new Map<ChainEdge, F[]>();
  if (findings.length === 0) return placed;
  const own = ownResources(graph, index, isElsewhere);
  for (const finding of findings) {
    const { urn } = finding;
    if (urn === undefined || !(own.has(urn) || FOR_ALL_APPS.test(typeOf(urn)))) continue;
    const edge = edgeFor(finding, urn, graph);
    if (edge !== undefined) placed.set(edge, [...(placed.get(edge) ?? []), finding]);
  }
  return placed;
}

/** The stations' resources, and what belongs to these and to no other app. */
function ownResources(
  { nodes }: ChainGraph,
  { byUrn, dependents, children }: ResourceIndex,
  isElsewhere: (urn: string) => boolean,
): ReadonlySet<string> {
  const stations = nodes.flatMap(({ urn }) => (urn === undefined ? [] : [urn]));
  const own = new Set(stations);
  for (const urn of stations) {
    const resource = byUrn.get(urn);
    if (resource === undefined) continue;
    const before = resource.dependsOn.flatMap((each) => byUrn.get(each) ?? []);
    const attached = [...before, ...(dependents.get(urn) ?? [])].filter(({ type }) =>
      ATTACHED.test(type),
    );
    const siblings = resource.parent === undefined ? [] : (children.get(resource.parent) ?? []);
    const parent = resource.parent === undefined ? [] : [resource.parent];
    for (const each of [...parent, ...[...attached, ...siblings].map((found) => found.urn)]) {
      if (!isElsewhere(each)) own.add(each);
    }
  }
  return own;
}

function edgeFor({ id }: Finding, urn: string, { edges }: ChainGraph): ChainEdge | undefined {
  const type = typeOf(urn);
  const byType = LINK_OF_TYPE.find(([start]) => type.startsWith(start))?.[1];
  const link = LINK_OF_RULE[id] ?? byType ?? "files";
  const there = (wanted: Link): readonly ChainEdge[] =>
    edges.filter(({ from }) => from.station === wanted);
  // Without that link in the chain, the nearest one after it, else the last.
  const candidates =
    LINKS.slice(LINKS.indexOf(link))
      .map(there)
      .find((found) => found.length > 0) ?? edges.slice(-1);
  return candidates.find(({ from, to }) => from.urn === urn || to.urn === urn) ?? candidates[0];
}

/** `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME` → `TYPE`. */
export const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");
