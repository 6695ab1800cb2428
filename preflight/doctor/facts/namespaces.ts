import type { Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { at, byText, textOf } from "../../simulation/wire/values";
import type { EksCluster } from "./eks";
import { grouped } from "./grouped";
import { type Clusters, type KubernetesObject, LATE_NAMESPACE, objectOf, opened } from "./location";

/** A namespace that nobody makes. */
export interface MissingNamespace {
  readonly namespace: string;
  /** What is to be in it. */
  readonly objects: readonly KubernetesObject[];
  readonly because: string;
}

interface Sources {
  readonly clusters: Clusters;
  readonly eksClusters: readonly EksCluster[];
  readonly mayHoldMore: (cluster: number) => boolean;
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
const INITIAL = ["default", "kube-node-lease", "kube-public", "kube-system"];

const NAMESPACE = /^kubernetes:core\/v\w+:Namespace$/;
const RELEASE = /^kubernetes:helm\.sh\/v\d:Release$/;
/** What a chain is made of, and what is always in a namespace. */
const NAMESPACED =
  /^kubernetes:(?:apps\/|batch\/|core\/v1:(?:Pod|ServiceAccount|Secret|ConfigMap|Service)$|.+:SecretProviderClass$)/;

export function missingNamespaces(
  registrations: readonly Registration[],
  { clusters, eksClusters, mayHoldMore }: Sources,
): readonly MissingNamespace[] {
  const declared = registrations
    .filter(({ type }) => NAMESPACE.test(type))
    .map((registration) => ({
      registration,
      cluster: clusters.numberOf(registration),
      name: objectOf(registration, opened(registration), clusters).name,
    }));
  const byReleases = registrations
    .filter(({ type }) => RELEASE.test(type))
    .flatMap((registration) => {
      const { namespace, createNamespace } = opened(registration);
      const name = createNamespace === true ? textOf(namespace) : undefined;
      return name === undefined ? [] : [{ cluster: clusters.numberOf(registration), name }];
    });
  const made = new Set(
    [...declared, ...byReleases].map(({ cluster, name }) => `${cluster} ${name}`),
  );
  const generated = new Map(
    declared
      .filter(
        ({ registration: { inputs } }) =>
          at(unwrapSecrets(inputs), "metadata", "name") === undefined,
      )
      .map(({ registration, cluster, name }) => [`${cluster} ${registration.name}`, name]),
  );
  const own = new Map(eksClusters.map(({ cluster, name }) => [cluster, name]));
  const objects = registrations
    .filter(({ type, custom }) => custom && NAMESPACED.test(type))
    .map((registration) => objectOf(registration, opened(registration), clusters));
  const wanted = grouped(objects, ({ cluster, namespace }) => `${cluster} ${namespace}`);
  return [...wanted].flatMap(([key, inside]) => {
    const [first] = inside;
    if (first === undefined || made.has(key)) return [];
    const { cluster, namespace } = first;
    if ([...INITIAL, LATE_NAMESPACE].includes(namespace)) return [];
    const twin = generated.get(key);
    const inNewCluster = mayHoldMore(cluster) ? undefined : own.get(cluster);
    if (twin === undefined && inNewCluster === undefined) return [];
    // The order of registrations is not the same in every run.
    const sorted = [...inside].sort(byText(({ label }) => label));
    const because =
      twin === undefined
        ? `nothing in this program makes it in the new cluster ${String(inNewCluster)}`
        : `the Namespace "${namespace}" of the program is called ${twin}`;
    return [{ namespace, objects: sorted, because }];
  });
}
