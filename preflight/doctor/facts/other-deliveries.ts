import type { Registration } from "../../simulation/mocks/run";
import { holdsUnknown } from "../../simulation/wire/unknown";
import { at, listOf, textOf } from "../../simulation/wire/values";
import { isOfOtherProvider } from "./classes";
import {
  type Clusters,
  type KubernetesObject,
  LATE_NAMESPACE,
  type ObjectLocation,
  objectOf,
  opened,
  type Properties,
} from "./location";
import type { Workload } from "./workloads";

/** A Kubernetes object by which something else than the provider of AWS delivers a secret. */
export interface OtherDelivery extends KubernetesObject {
  /** What delivers, for people. */
  readonly by: string;
  /** Names of the Secrets that it makes; `undefined` where they are not known. */
  readonly secretNames: readonly string[] | undefined;
  /** Whether it makes them in namespaces of its choice. */
  readonly isClusterWide: boolean;
}

interface System {
  readonly by: string;
  /** Kinds that make Secrets, and where each says the name; without one there, it is the object's own. */
  readonly kinds: Readonly<Record<string, readonly string[] | undefined>>;
}

/** By API group. */
const SYSTEMS: Readonly<Record<string, System | undefined>> = {
  // https://external-secrets.io/latest/api/externalsecret/
  "external-secrets.io": {
    by: "the External Secrets Operator",
    kinds: {
      ExternalSecret: ["spec", "target", "name"],
      ClusterExternalSecret: ["spec", "externalSecretSpec", "target", "name"],
    },
  },
  // https://github.com/bitnami-labs/sealed-secrets#readme
  "bitnami.com": {
    by: "Sealed Secrets",
    kinds: { SealedSecret: ["spec", "template", "metadata", "name"] },
  },
  // https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/api-reference
  "secrets.hashicorp.com": {
    by: "the Vault Secrets Operator",
    kinds: {
      VaultStaticSecret: ["spec", "destination", "name"],
      VaultDynamicSecret: ["spec", "destination", "name"],
      VaultPKISecret: ["spec", "destination", "name"],
      HCPVaultSecretsApp: ["spec", "destination", "name"],
    },
  },
  // https://developer.1password.com/docs/k8s/operator/
  "onepassword.com": {
    by: "the 1Password operator",
    kinds: { OnePasswordItem: ["metadata", "name"] },
  },
};

const TYPE = /^kubernetes:(.+)\/v\w+:(\w+)$/;

/** Classes of other providers, and the objects of other systems. */
export const otherDeliveriesOf = (
  registrations: readonly Registration[],
  clusters: Clusters,
): readonly OtherDelivery[] =>
  registrations.flatMap((registration) => {
    const made = isOfOtherProvider(registration)
      ? madeByProvider(opened(registration))
      : madeBySystem(registration);
    return made === undefined
      ? []
      : [{ ...objectOf(registration, opened(registration), clusters), ...made }];
  });

type Made = Omit<OtherDelivery, keyof KubernetesObject>;

function madeByProvider(properties: Properties): Made {
  const objects = at(properties, "spec", "secretObjects");
  return {
    by: `the provider ${textOf(at(properties, "spec", "provider")) ?? ""}`,
    secretNames: holdsUnknown(objects)
      ? undefined
      : listOf(objects).map((each) => textOf(at(each, "secretName")) ?? ""),
    isClusterWide: false,
  };
}

function madeBySystem(registration: Registration): Made | undefined {
  const [, group = "", kind = ""] = TYPE.exec(registration.type) ?? [];
  const system = SYSTEMS[group];
  const path = system?.kinds[kind];
  if (system === undefined || path === undefined) return undefined;
  const properties = opened(registration);
  const named = at(properties, ...path);
  return {
    by: system.by,
    secretNames: holdsUnknown(named)
      ? undefined
      : [textOf(named) ?? textOf(at(properties, "metadata", "name")) ?? registration.name],
    isClusterWide: kind.startsWith("Cluster"),
  };
}

/** Whether one of them makes that Secret, or may. */
export const mayDeliver = (
  deliveries: readonly OtherDelivery[],
  { cluster, namespace }: ObjectLocation,
  secretName: string,
): boolean =>
  deliveries.some(
    (each) =>
      each.cluster === cluster &&
      (each.isClusterWide || [namespace, LATE_NAMESPACE].includes(each.namespace)) &&
      (each.secretNames?.includes(secretName) ?? true),
  );

/** @see https://developer.hashicorp.com/vault/docs/deploy/kubernetes/injector/annotations */
export const takesFromVaultAgent = ({ annotations }: Workload): boolean =>
  annotations["vault.hashicorp.com/agent-inject"] === "true";
