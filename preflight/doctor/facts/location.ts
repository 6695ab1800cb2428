import type { ReadResource, Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { holdsUnknown, isUnknownText, withoutHoles } from "../../simulation/wire/unknown";
import { at, recordOf, textOf } from "../../simulation/wire/values";

/** What a resource holds, secrets opened: read names and settings from it, never pass it on whole. */
export type Properties = Readonly<Record<string, unknown>>;

/** What the registered resource will be: its inputs, and what the cloud adds. */
export const opened = ({ outputs }: Pick<Registration, "outputs">): Properties =>
  withoutHoles(unwrapSecrets(outputs)) as Properties;

/**
 * The same, where texts that were made of something unknown stay as they are, with a hole: for JSON, of
 * which the rest is known. Nothing else may be read from it.
 */
export const openedWithHoles = ({ outputs }: Registration): Properties =>
  unwrapSecrets(outputs) as Properties;

/** Where a Kubernetes object is. */
export interface ObjectLocation {
  /** Tells clusters of one program apart; shown to nobody. */
  readonly cluster: number;
  readonly namespace: string;
}

/** A Kubernetes object, as findings name it. */
export interface KubernetesObject extends ObjectLocation {
  readonly urn: string;
  readonly kind: string;
  readonly name: string;
  /** Kind, namespace and name, for people. */
  readonly label: string;
}

/** A namespace that is known only after the update; no real one is called so. */
export const LATE_NAMESPACE = "?";

/**
 * Objects of one kind, found by where they are and what they are called. What is in a namespace that is
 * not known yet may be in any.
 */
export class ObjectIndex<T extends KubernetesObject> {
  readonly all: readonly T[];
  readonly #byKey: ReadonlyMap<string, T>;

  constructor(objects: readonly T[]) {
    this.all = objects;
    this.#byKey = new Map(objects.map((object) => [keyOf(object, object.name), object]));
  }

  find(place: ObjectLocation, name: string): T | undefined {
    const found = this.#byKey.get(keyOf(place, name));
    if (found !== undefined) return found;
    const isLate = place.namespace === LATE_NAMESPACE;
    return this.all.find(
      (each) =>
        each.name === name &&
        each.cluster === place.cluster &&
        (isLate || each.namespace === LATE_NAMESPACE),
    );
  }
}

export const keyOf = ({ cluster, namespace }: ObjectLocation, name: string): string =>
  `${cluster} ${namespace}/${name}`;

/**
 * Tells clusters apart by the Kubernetes providers of a program: two providers with the same cluster
 * identifier or kubeconfig are one cluster, and so are all objects without an explicit provider.
 */
export class Clusters {
  readonly #keys = new Map<string, string>();
  readonly #names = new Set<string>();
  readonly #namespaces = new Map<string, string>();
  readonly #numbers = new Map<string, number>();
  readonly #namespace: string | undefined;

  /** @param namespace of the default provider, where the stack's configuration names one */
  constructor(registrations: readonly Registration[], namespace?: string) {
    this.#namespace = namespace;
    for (const registration of registrations) {
      if (registration.type !== "pulumi:providers:kubernetes") continue;
      const properties = opened(registration);
      const name = textOf(properties.clusterIdentifier);
      const config = properties.kubeconfig ?? properties.context;
      if (name !== undefined) this.#names.add(name);
      const namespace = textOf(properties.namespace);
      if (namespace !== undefined) this.#namespaces.set(registration.urn, namespace);
      this.#keys.set(registration.urn, name ?? keyOfConfig(registration, config));
    }
    for (const registration of registrations) {
      if (registration.type.startsWith("kubernetes:")) this.numberOf(registration);
    }
  }

  /** The cluster of a Kubernetes object. */
  numberOf({ provider }: Pick<Registration, "provider">): number {
    return this.#number(this.#keys.get(providerUrn(provider)) ?? "default");
  }

  /** Where the object's provider puts what names no namespace. */
  namespaceOf({ provider }: Pick<Registration, "provider">): string {
    const ofProvider = provider === "" ? this.#namespace : undefined;
    return this.#namespaces.get(providerUrn(provider)) ?? ofProvider ?? "default";
  }

  /**
   * The cluster of that name on EKS. Where no provider says its cluster's name and there is one
   * cluster only, it is that one.
   */
  numberOfName(name: string): number {
    const single = this.#numbers.size <= 1 && this.#names.size === 0;
    return single ? Math.max(0, this.#numbers.size - 1) : this.#number(name);
  }

  /** Whether a provider says which cluster of EKS it is. */
  isNamed(cluster: number): boolean {
    return [...this.#numbers].some(([key, number]) => number === cluster && this.#names.has(key));
  }

  #number(key: string): number {
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }
}

/** Of an unknown kubeconfig it is known what it came from, if that is a resource. */
function keyOfConfig({ urn, propertyDependencies }: Registration, config: unknown): string {
  if (config === undefined) return urn;
  if (!holdsUnknown(config)) return JSON.stringify(config);
  const { kubeconfig = [] } = propertyDependencies;
  return kubeconfig.length === 0 ? urn : kubeconfig.join(" ");
}

/** A reference to a provider is its URN and its id. */
export const providerUrn = (provider: string): string =>
  provider.slice(0, provider.lastIndexOf("::"));

/** A registered Kubernetes object; without a namespace it is where its provider puts it. */
export function objectOf(
  registration: Registration,
  properties: Properties,
  clusters: Clusters,
): KubernetesObject {
  const kind = registration.type.slice(registration.type.lastIndexOf(":") + 1);
  const name = textOf(at(properties, "metadata", "name")) ?? registration.name;
  const given = at(properties, "metadata", "namespace");
  const namespace = holdsUnknown(given)
    ? LATE_NAMESPACE
    : (textOf(given) ?? clusters.namespaceOf(registration));
  return {
    urn: registration.urn,
    kind,
    cluster: clusters.numberOf(registration),
    namespace,
    name,
    label: `${kind} ${namespace}/${name}`,
  };
}

/** An object with the name that the program gives it. */
export interface NamedObject extends KubernetesObject {
  /** The resource's name in the program. */
  readonly resource: string;
  /** API group; `core` for the first one. */
  readonly group: string;
}

/** Objects that a program makes, by the type that Pulumi gives each kind; charts and files are none. */
const OBJECT = /^kubernetes:(?!helm[.]sh\/|yaml\/|kustomize\/)[^:]+\/v\w+:\w+$/;

/**
 * Every Kubernetes object of the program whose name and namespace it says: those without one get
 * a name that nobody else has, and patches change objects of others.
 */
export const kubernetesObjectsOf = (
  registrations: readonly Registration[],
  clusters: Clusters,
): readonly NamedObject[] =>
  registrations
    .filter(({ type, custom }) => custom && OBJECT.test(type) && !/(?:Patch|List)$/.test(type))
    .filter(({ inputs }) => {
      const { name, namespace } = recordOf(at(unwrapSecrets(inputs), "metadata"));
      return textOf(name) !== undefined && !holdsUnknown(namespace);
    })
    .map((registration) => ({
      ...objectOf(registration, opened(registration), clusters),
      resource: registration.name,
      group: registration.type.slice("kubernetes:".length).replace(/\/.*/, ""),
    }));

/** Patches, which change objects that others declare; their kind ends in `Patch`. */
export const patchesOf = (
  registrations: readonly Registration[],
  clusters: Clusters,
): readonly KubernetesObject[] =>
  registrations
    .filter(({ type }) => OBJECT.test(type) && type.endsWith("Patch"))
    .map((registration) => objectOf(registration, opened(registration), clusters));

/** Kubernetes objects that the program only reads: their id is the namespace, if they have one, and the name. */
export const readObjectsOf = (
  reads: readonly ReadResource[],
  clusters: Clusters,
): readonly KubernetesObject[] =>
  reads
    .filter(({ type, id }) => OBJECT.test(type) && !isUnknownText(id))
    .map((read) => {
      const kind = read.type.slice(read.type.lastIndexOf(":") + 1);
      const [name = "", namespace = clusters.namespaceOf(read)] = read.id.split("/").reverse();
      const label = `${kind} ${namespace}/${name}`;
      return { urn: read.urn, kind, cluster: clusters.numberOf(read), namespace, name, label };
    });
