import type { Registration } from "../../local/mocks/run";
import { at, listOf, textOf } from "../values";

/** The CSI driver that mounts what a SecretProviderClass names. */
const DRIVER = "secrets-store.csi.k8s.io";

/** A Kubernetes object whose pods mount at least one SecretProviderClass. */
export interface Workload {
  readonly urn: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly replicas: number | undefined;
  readonly serviceAccount: string;
  /** In the order of the pod's volumes. */
  readonly mounts: readonly Mount[];
  readonly env: readonly EnvEntry[];
}

export interface Mount {
  readonly providerClass: string;
  /** Where the containers mount it; without containers that do, none. */
  readonly paths: readonly string[];
}

export interface EnvEntry {
  readonly name: string;
  /** The Kubernetes Secret the value comes from; `undefined` for anything else. */
  readonly secretKeyRef: { readonly name: string; readonly key: string } | undefined;
}

/** The namespace and name of a registered Kubernetes object. */
export function identity({ outputs }: Registration): { name: string; namespace: string } {
  return {
    name: textOf(at(outputs, "metadata", "name")) ?? "",
    namespace: textOf(at(outputs, "metadata", "namespace")) ?? "default",
  };
}

/** What a registration runs, if it runs pods that mount secrets: Deployment, StatefulSet, Job… */
export function workloadOf(registration: Registration): Workload | undefined {
  if (!registration.type.startsWith("kubernetes:")) return undefined;
  const { outputs, urn } = registration;
  const pod = at(outputs, "spec", "template", "spec");
  const containers = [...listOf(at(pod, "initContainers")), ...listOf(at(pod, "containers"))];
  const mounts = listOf(at(pod, "volumes")).flatMap((volume) => mountOf(volume, containers));
  if (mounts.length === 0) return undefined;
  const replicas = at(outputs, "spec", "replicas");
  return {
    ...identity(registration),
    urn,
    kind: textOf(at(outputs, "kind")) ?? registration.type,
    replicas: typeof replicas === "number" ? replicas : undefined,
    serviceAccount: textOf(at(pod, "serviceAccountName")) ?? "default",
    mounts,
    env: containers.flatMap((container) => listOf(at(container, "env")).map(envEntry)),
  };
}

function mountOf(volume: unknown, containers: readonly unknown[]): readonly Mount[] {
  if (at(volume, "csi", "driver") !== DRIVER) return [];
  const providerClass = textOf(at(volume, "csi", "volumeAttributes", "secretProviderClass"));
  if (providerClass === undefined) return [];
  const paths = containers
    .flatMap((container) => listOf(at(container, "volumeMounts")))
    .filter((mount) => at(mount, "name") === at(volume, "name"))
    .map((mount) => textOf(at(mount, "mountPath")) ?? "");
  return [{ providerClass, paths: [...new Set(paths)] }];
}

function envEntry(entry: unknown): EnvEntry {
  const name = textOf(at(entry, "name")) ?? "";
  const secret = textOf(at(entry, "valueFrom", "secretKeyRef", "name"));
  const key = textOf(at(entry, "valueFrom", "secretKeyRef", "key"));
  const known = secret !== undefined && key !== undefined;
  return { name, secretKeyRef: known ? { name: secret, key } : undefined };
}
