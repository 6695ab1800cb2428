import type { Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { UNKNOWN, withoutHoles } from "../../simulation/wire/unknown";
import { at, textOf } from "../../simulation/wire/values";

/** What a resource holds, secrets opened: read names and settings from it, never pass it on whole. */
export type Properties = Readonly<Record<string, unknown>>;

/** What the registered resource will be: its inputs, and what the cloud adds. */
export const opened = ({ outputs }: Registration): Properties =>
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

/** Objects of one kind, found by where they are and what they are called. */
export class ObjectIndex<T extends KubernetesObject> {
  readonly all: readonly T[];
  readonly #byKey: ReadonlyMap<string, T>;

  constructor(objects: readonly T[]) {
    this.all = objects;
    this.#byKey = new Map(objects.map((object) => [keyOf(object, object.name), object]));
  }

  find(place: ObjectLocation, name: string): T | undefined {
    return this.#byKey.get(keyOf(place, name));
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

  constructor(registrations: readonly Registration[]) {
    for (const registration of registrations) {
      if (registration.type !== "pulumi:providers:kubernetes") continue;
      const properties = opened(registration);
      const name = textOf(properties.clusterIdentifier);
      const config = properties.kubeconfig ?? properties.context;
      if (name !== undefined) this.#names.add(name);
      const namespace = textOf(properties.namespace);
      if (namespace !== undefined) this.#namespaces.set(registration.urn, namespace);
      const key = name ?? (config === undefined ? registration.urn : JSON.stringify(config));
      this.#keys.set(registration.urn, key);
    }
    for (const registration of registrations) {
      if (registration.type.startsWith("kubernetes:")) this.numberOf(registration);
    }
  }

  /** The cluster of a Kubernetes object. */
  numberOf({ provider }: Registration): number {
    return this.#number(this.#keys.get(urnOf(provider)) ?? "default");
  }

  /** Where the object's provider puts what names no namespace. */
  namespaceOf({ provider }: Registration): string {
    return this.#namespaces.get(urnOf(provider)) ?? "default";
  }

  /**
   * The cluster of that name on EKS. Where no provider says its cluster's name and there is one
   * cluster only, it is that one.
   */
  numberOfName(name: string): number {
    const single = this.#numbers.size <= 1 && this.#names.size === 0;
    return single ? Math.max(0, this.#numbers.size - 1) : this.#number(name);
  }

  #number(key: string): number {
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }
}

/** A reference to a provider is its URN and its id. */
const urnOf = (provider: string): string => provider.slice(0, provider.lastIndexOf("::"));

/** A registered Kubernetes object; without a namespace it is where its provider puts it. */
export function objectOf(
  registration: Registration,
  properties: Properties,
  clusters: Clusters,
): KubernetesObject {
  const kind = registration.type.slice(registration.type.lastIndexOf(":") + 1);
  const name = textOf(at(properties, "metadata", "name")) ?? registration.name;
  const namespace =
    textOf(at(properties, "metadata", "namespace")) ?? clusters.namespaceOf(registration);
  return {
    urn: registration.urn,
    kind,
    cluster: clusters.numberOf(registration),
    namespace,
    name,
    label: `${kind} ${namespace}/${name}`,
  };
}

/** Two resources that are one object in the cluster. */
export interface Twice {
  readonly first: KubernetesObject;
  readonly second: KubernetesObject;
}

/** Objects of one kind, namespace, name and cluster. A patch is of an object that is there already. */
export function objectsTwice(
  registrations: readonly Registration[],
  clusters: Clusters,
): readonly Twice[] {
  const seen = new Map<string, KubernetesObject>();
  return registrations.flatMap((registration) => {
    const [, group, kind = ""] = /^kubernetes:([^:]+)\/v\w+:(\w+)$/.exec(registration.type) ?? [];
    const properties = opened(registration);
    const isNamed = textOf(at(properties, "metadata", "name")) !== undefined;
    const isPlaced = at(properties, "metadata", "namespace") !== UNKNOWN;
    if (group === undefined || !registration.custom || !isNamed || !isPlaced) return [];
    if (group === "helm.sh" || kind.endsWith("Patch") || kind.endsWith("List")) return [];
    const second = objectOf(registration, properties, clusters);
    const key = `${group} ${kind} ${keyOf(second, second.name)}`;
    const first = seen.get(key);
    if (first !== undefined) return [{ first, second }];
    seen.set(key, second);
    return [];
  });
}
