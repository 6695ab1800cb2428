import type { Registration } from "../../simulation/mocks/run";
import { at, listOf, recordOf, textOf } from "../../simulation/wire/values";
import { type Clusters, type KubernetesObject, objectOf, opened } from "./location";

/** Name that the driver is registered under with the kubelet. */
const DRIVER = "secrets-store.csi.k8s.io";

/** Whatever runs pods. */
export interface Workload extends KubernetesObject {
  /** Whether a changed pod template replaces pods that run. */
  readonly rolls: boolean;
  /** How many pods; `undefined` where the object does not say. */
  readonly replicas: number | undefined;
  readonly serviceAccount: string;
  readonly podLabels: Readonly<Record<string, string>>;
  /** Names of the annotations of the object and of its pods. */
  readonly annotations: readonly string[];
  /** Names of the annotations of the pods alone: a change of one of them replaces the pods. */
  readonly podAnnotations: readonly string[];
  readonly images: readonly string[];
  /** Plain-text variables of all containers, except values that Pulumi keeps secret. */
  readonly environment: readonly (readonly [name: string, value: string])[];
  /** The `env` of all containers, in its order. */
  readonly variables: readonly Variable[];
  readonly volumes: readonly SecretsVolume[];
  readonly secretUses: readonly SecretUse[];
}

/** A volume of the Secrets Store CSI driver. */
export interface SecretsVolume {
  readonly name: string;
  readonly providerClass: string;
  readonly readOnly: boolean;
  /** The volume's own attributes, which win over the parameters of the class. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Where the containers mount it: the kubelet mounts only what a container asks for. */
  readonly paths: readonly string[];
}

/** An environment variable. */
export interface Variable {
  readonly name: string;
  /** The key of a Kubernetes Secret that it comes from; `undefined` for any other source. */
  readonly secretKeyRef: { readonly name: string; readonly key: string } | undefined;
}

/** One place where a pod takes something from a Kubernetes Secret. */
export interface SecretUse {
  readonly secretName: string;
  /** Absent where the whole Secret is taken. */
  readonly key?: string;
  /** For people: which variable, or which volume. */
  readonly by: string;
}

const POD_TEMPLATE: Readonly<Record<string, readonly string[] | undefined>> = {
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  ReplicationController: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
  Pod: [],
};
const ROLLING: readonly string[] = ["Deployment", "StatefulSet", "DaemonSet"];
const TYPE = /^kubernetes:(?:apps|batch|core)\/v\w+:(\w+)$/;

/** What a registration runs, if it runs pods. */
export function workloadOf(registration: Registration, clusters: Clusters): Workload | undefined {
  const kind = TYPE.exec(registration.type)?.[1] ?? "";
  const path = POD_TEMPLATE[kind];
  if (path === undefined) return undefined;
  const properties = opened(registration);
  const template = at(properties, ...path);
  const pod = at(template, "spec");
  const containers = [...listOf(at(pod, "initContainers")), ...listOf(at(pod, "containers"))];
  const podAnnotations = Object.keys(recordOf(at(template, "metadata", "annotations")));
  return {
    ...objectOf(registration, properties, clusters),
    rolls: ROLLING.includes(kind),
    replicas: countOf(at(properties, "spec", "replicas")),
    serviceAccount: accountOf(pod),
    podLabels: texts(at(template, "metadata", "labels")),
    annotations: [
      ...Object.keys(recordOf(at(properties, "metadata", "annotations"))),
      ...podAnnotations,
    ],
    podAnnotations,
    images: containers.map((container) => textOf(at(container, "image")) ?? ""),
    environment: containers.flatMap(plainEnvironment),
    variables: containers.flatMap((container) => listOf(at(container, "env")).map(variableOf)),
    volumes: listOf(at(pod, "volumes")).flatMap((volume) => secretsVolume(volume, containers)),
    secretUses: [
      ...containers.flatMap(environmentUses),
      ...listOf(at(pod, "volumes")).flatMap(volumeUses),
    ],
  };
}

/** The second one is the field's old name, which Kubernetes still reads. */
const accountOf = (pod: unknown): string =>
  textOf(at(pod, "serviceAccountName")) ?? textOf(at(pod, "serviceAccount")) ?? "default";

const countOf = (value: unknown): number | undefined =>
  typeof value === "number" ? value : undefined;

const texts = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(recordOf(value)).map(([key, text]) => [key, textOf(text) ?? ""]),
  );

function plainEnvironment(container: unknown): readonly (readonly [string, string])[] {
  return listOf(at(container, "env")).flatMap((entry) => {
    const [name, value] = [textOf(at(entry, "name")), textOf(at(entry, "value"))];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
}

function secretsVolume(volume: unknown, containers: readonly unknown[]): readonly SecretsVolume[] {
  if (at(volume, "csi", "driver") !== DRIVER) return [];
  const { secretProviderClass = "", ...attributes } = texts(at(volume, "csi", "volumeAttributes"));
  const name = textOf(at(volume, "name")) ?? "";
  const mounts = containers
    .flatMap((container) => listOf(at(container, "volumeMounts")))
    .filter((mount) => at(mount, "name") === name);
  return [
    {
      name,
      providerClass: secretProviderClass,
      readOnly: at(volume, "csi", "readOnly") === true,
      attributes,
      paths: [...new Set(mounts.map((mount) => textOf(at(mount, "mountPath")) ?? ""))],
    },
  ];
}

function variableOf(entry: unknown): Variable {
  const reference = at(entry, "valueFrom", "secretKeyRef");
  const [secret, key] = [textOf(at(reference, "name")), textOf(at(reference, "key"))];
  const known = secret !== undefined && key !== undefined;
  return {
    name: textOf(at(entry, "name")) ?? "",
    secretKeyRef: known ? { name: secret, key } : undefined,
  };
}

/** What is optional may be missing: the pod starts all the same. */
function environmentUses(container: unknown): readonly SecretUse[] {
  const single = listOf(at(container, "env")).flatMap((entry) => {
    const reference = at(entry, "valueFrom", "secretKeyRef");
    const by = `variable ${textOf(at(entry, "name")) ?? ""}`;
    return useOf(reference, textOf(at(reference, "name")), by, textOf(at(reference, "key")));
  });
  const whole = listOf(at(container, "envFrom")).flatMap((entry) => {
    const reference = at(entry, "secretRef");
    return useOf(reference, textOf(at(reference, "name")), "envFrom");
  });
  return [...single, ...whole];
}

function volumeUses(volume: unknown): readonly SecretUse[] {
  const by = `volume ${textOf(at(volume, "name")) ?? ""}`;
  const projected = listOf(at(volume, "projected", "sources")).map((source) =>
    at(source, "secret"),
  );
  return [
    ...useOf(at(volume, "secret"), textOf(at(volume, "secret", "secretName")), by),
    ...projected.flatMap((source) => useOf(source, textOf(at(source, "name")), by)),
  ];
}

function useOf(
  reference: unknown,
  secretName: string | undefined,
  by: string,
  key?: string,
): readonly SecretUse[] {
  if (secretName === undefined || at(reference, "optional") === true) return [];
  return [{ secretName, by, ...(key !== undefined && { key }) }];
}
