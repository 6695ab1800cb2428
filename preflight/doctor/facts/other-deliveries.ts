import type { Registration } from "../../simulation/mocks/run";
import { holdsUnknown, isLate } from "../../simulation/wire/unknown";
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

const EXTERNAL_SECRETS = "the External Secrets Operator";
const VAULT = "the Vault Secrets Operator";

/**
 * Kinds by which other systems make Secrets, by type without the version: who does, and where the object
 * says the Secret's name; without one there, it is the object's own.
 */
const KINDS: Readonly<Record<string, readonly [by: string, ...path: string[]] | undefined>> = {
  // https://external-secrets.io/latest/api/externalsecret/
  "kubernetes:external-secrets.io:ExternalSecret": [EXTERNAL_SECRETS, "spec", "target", "name"],
  "kubernetes:external-secrets.io:ClusterExternalSecret": [
    EXTERNAL_SECRETS,
    "spec",
    "externalSecretSpec",
    "target",
    "name",
  ],
  // https://github.com/bitnami-labs/sealed-secrets#readme
  "kubernetes:bitnami.com:SealedSecret": ["Sealed Secrets", "spec", "template", "metadata", "name"],
  // https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/api-reference
  "kubernetes:secrets.hashicorp.com:VaultStaticSecret": [VAULT, "spec", "destination", "name"],
  "kubernetes:secrets.hashicorp.com:VaultDynamicSecret": [VAULT, "spec", "destination", "name"],
  "kubernetes:secrets.hashicorp.com:VaultPKISecret": [VAULT, "spec", "destination", "name"],
  "kubernetes:secrets.hashicorp.com:HCPVaultSecretsApp": [VAULT, "spec", "destination", "name"],
  // https://developer.1password.com/docs/k8s/operator/
  "kubernetes:onepassword.com:OnePasswordItem": ["the 1Password operator", "metadata", "name"],
};

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
    by: `the provider ${String(at(properties, "spec", "provider"))}`,
    secretNames: holdsUnknown(objects)
      ? undefined
      : listOf(objects).map((each) => textOf(at(each, "secretName")) ?? ""),
    isClusterWide: false,
  };
}

function madeBySystem(registration: Registration): Made | undefined {
  const type = registration.type.replace(/\/v\w+:/, ":");
  const kind = KINDS[type];
  if (kind === undefined) return undefined;
  const [by, ...path] = kind;
  const properties = opened(registration);
  const name = textOf(
    atOrLate(properties, path) ?? atOrLate(properties, ["metadata", "name"]) ?? registration.name,
  );
  return {
    by,
    secretNames: name === undefined ? undefined : [name],
    isClusterWide: type.includes(":Cluster"),
  };
}

/** The value at a path, or what is not known on the way there. */
const atOrLate = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((inner, key) => (isLate(inner) ? inner : at(inner, key)), value);

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
