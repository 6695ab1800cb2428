import type { Registration } from "../../simulation/mocks/run";
import { isLate } from "../../simulation/wire/unknown";
import { at, listOf, recordOf, textOf } from "../../simulation/wire/values";
import { type Container, containersOf, type Variable } from "./containers";
import {
  type Clusters,
  type KubernetesObject,
  objectOf,
  opened,
  openedWithHoles,
} from "./location";
import type { References } from "./references";

/** Name that the driver is registered under with the kubelet. */
export const DRIVER = "secrets-store.csi.k8s.io";

/** Whatever runs pods. */
export interface Workload extends KubernetesObject {
  /** Whether a changed pod template replaces pods that run. */
  readonly rolls: boolean;
  /** How many pods; `undefined` where the object does not say. */
  readonly replicas: number | undefined;
  readonly serviceAccount: string;
  readonly podLabels: Readonly<Record<string, string>>;
  /** Whether its pods are for nodes with Windows. */
  readonly isForWindows: boolean;
  /** The annotations of the object and of its pods; empty where the value is not known. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Those of the pods alone: a change of one of them replaces the pods. */
  readonly podAnnotations: Readonly<Record<string, string>>;
  /** In the order in which they start. */
  readonly containers: readonly Container[];
  readonly images: readonly string[];
  /** Plain-text variables of all containers, except values that Pulumi keeps secret. */
  readonly environment: readonly (readonly [name: string, value: string])[];
  /** The `env` of all containers, in its order. */
  readonly variables: readonly Variable[];
  readonly volumes: readonly SecretsVolume[];
  /** Volumes of the driver that name no class, and the attributes that they have. */
  readonly volumesWithoutClass: readonly VolumeWithoutClass[];
  /** Whether all volumes are known, and the classes that they name. */
  readonly volumesKnown: boolean;
  /** What of the pods is known only after the update and belongs to the chain, for people. */
  readonly late: readonly string[];
  readonly secretUses: readonly SecretUse[];
}

/** A volume of the Secrets Store CSI driver. */
export interface SecretsVolume {
  readonly name: string;
  /** The name of the driver as the volume has it. */
  readonly driver: string;
  readonly providerClass: string;
  readonly readOnly: boolean;
  /** The volume's own attributes, which win over the parameters of the class. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Where the containers mount it: the kubelet mounts only what a container asks for. */
  readonly paths: readonly string[];
  /** The same by container. */
  readonly mounts: readonly { readonly container: string; readonly path: string }[];
  /** Mounts of a part of it, by container. */
  readonly subPaths: readonly { readonly container: string; readonly subPath: string }[];
}

export interface VolumeWithoutClass {
  readonly name: string;
  readonly attributes: readonly string[];
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
/** Whatever the version of the API. */
const CLASS = /^kubernetes:.+:SecretProviderClass$/;
const ROLLING: readonly string[] = ["Deployment", "StatefulSet", "DaemonSet", "Rollout"];
const BUILT_IN = /^kubernetes:(?:apps|batch|core)\/v\w+:\w+$/;

/** Where a custom resource has the template of pods, in the form that those of Kubernetes have. */
const TEMPLATES: readonly (readonly string[])[] = [
  ["spec", "template"],
  ["spec", "jobTemplate", "spec", "template"],
  // https://keda.sh/docs/latest/reference/scaledjob-spec/
  ["spec", "jobTargetRef", "template"],
];
const OBJECT = /^kubernetes:[^:]+\/v\w+:(?!\w+(?:Patch|List)$)\w+$/;

function templateInside(registration: Registration): readonly string[] | undefined {
  if (!registration.custom || !OBJECT.test(registration.type)) return undefined;
  const properties = opened(registration);
  return TEMPLATES.find((path) => Array.isArray(at(properties, ...path, "spec", "containers")));
}

/** What a registration runs, if it runs pods. */
export function workloadOf(
  registration: Registration,
  clusters: Clusters,
  references: References,
): Workload | undefined {
  const kind = registration.type.slice(registration.type.lastIndexOf(":") + 1);
  const path = BUILT_IN.test(registration.type) ? POD_TEMPLATE[kind] : templateInside(registration);
  if (path === undefined) return undefined;
  const properties = opened(registration);
  const template = at(properties, ...path);
  const pod = at(template, "spec");
  const given = [...listOf(at(pod, "initContainers")), ...listOf(at(pod, "containers"))];
  const containers = containersOf(pod, at(openedWithHoles(registration), ...path, "spec"));
  const classes = references.behind(registration, "spec", CLASS);
  const onlyClass = references.nameOf(classes.length === 1 ? classes[0] : undefined);
  const all = listOf(at(pod, "volumes"));
  const withoutClass = all.flatMap(volumeWithoutClass);
  const volumes = all.flatMap((volume) => secretsVolume(volume, containers, onlyClass));
  const isVolumeLate = all.some((volume) =>
    [volume, at(volume, "csi"), at(volume, "csi", "driver")].some(isLate),
  );
  const podAnnotations = texts(at(template, "metadata", "annotations"));
  return {
    ...objectOf(registration, properties, clusters),
    rolls: ROLLING.includes(kind),
    replicas: countOf(at(properties, "spec", "replicas")),
    serviceAccount: accountOf(pod),
    isForWindows: isForWindows(pod),
    podLabels: texts(at(template, "metadata", "labels")),
    annotations: {
      ...texts(at(properties, "metadata", "annotations")),
      ...podAnnotations,
    },
    podAnnotations,
    containers,
    images: containers.map(({ image }) => image),
    environment: containers.flatMap(plainEnvironment),
    variables: containers.flatMap(({ variables }) => variables),
    volumes: volumes.filter(({ providerClass }) => providerClass !== ""),
    volumesWithoutClass: withoutClass,
    volumesKnown:
      ![pod, at(pod, "volumes")].some(isLate) &&
      !isVolumeLate &&
      volumes.every(({ providerClass }) => providerClass !== ""),
    late: latePartsOf(
      pod,
      given,
      containers,
      volumes.filter(({ name }) => !withoutClass.some((each) => each.name === name)),
    ),
    secretUses: [...given.flatMap(environmentUses), ...all.flatMap(volumeUses)],
  };
}

/** The second one is the field's old name, which Kubernetes still reads. */
const accountOf = (pod: unknown): string =>
  textOf(at(pod, "serviceAccountName")) ?? textOf(at(pod, "serviceAccount")) ?? "default";

const isForWindows = (pod: unknown): boolean =>
  [
    at(pod, "os", "name"),
    at(pod, "nodeSelector", "kubernetes.io/os"),
    at(pod, "nodeSelector", "beta.kubernetes.io/os"),
  ].includes("windows");

const countOf = (value: unknown): number | undefined =>
  typeof value === "number" ? value : undefined;

const texts = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(recordOf(value)).map(([key, text]) => [key, textOf(text) ?? ""]),
  );

const plainEnvironment = ({ variables }: Container): readonly (readonly [string, string])[] =>
  variables.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));

/** `onlyClass` is the one class that the pods refer to, where the volume's own word is not known. */
function secretsVolume(
  volume: unknown,
  containers: readonly Container[],
  onlyClass: string | undefined,
): readonly SecretsVolume[] {
  const calls = at(volume, "csi", "driver");
  const driver = isLate(calls) ? DRIVER : (textOf(calls) ?? "");
  const given = at(volume, "csi", "volumeAttributes");
  // Nobody else's volumes name a class; with another driver they name the wrong one.
  if (driver !== DRIVER && at(given, "secretProviderClass") === undefined) return [];
  const { secretProviderClass = "", ...attributes } = texts(given);
  const named = at(given, "secretProviderClass");
  const name = textOf(at(volume, "name")) ?? "";
  const mounts = containers.flatMap((container) =>
    container.mounts
      .filter((mount) => mount.volume === name)
      .map(({ path, subPath }) => ({ container: container.name, path, subPath })),
  );
  return [
    {
      ...{ name, driver },
      providerClass: isLate(named) || isLate(given) ? (onlyClass ?? "") : secretProviderClass,
      readOnly: at(volume, "csi", "readOnly") === true,
      attributes,
      paths: [...new Set(mounts.map(({ path }) => path))],
      mounts: mounts.map(({ container, path }) => ({ container, path })),
      subPaths: mounts.flatMap(({ container, subPath }) =>
        subPath === undefined ? [] : [{ container, subPath }],
      ),
    },
  ];
}

function volumeWithoutClass(volume: unknown): readonly VolumeWithoutClass[] {
  if (at(volume, "csi", "driver") !== DRIVER) return [];
  const attributes = at(volume, "csi", "volumeAttributes");
  if (isLate(attributes) || (at(attributes, "secretProviderClass") ?? "") !== "") return [];
  return [
    { name: textOf(at(volume, "name")) ?? "", attributes: Object.keys(recordOf(attributes)) },
  ];
}

/** Only what belongs to the chain: an image may well be known after the update. */
function latePartsOf(
  pod: unknown,
  given: readonly unknown[],
  containers: readonly Container[],
  volumes: readonly SecretsVolume[],
): readonly string[] {
  if (isLate(pod)) return ["the pods' spec"];
  const parts = ["volumes", "serviceAccountName", "initContainers", "containers"];
  const places = given.flatMap((container) => [
    ...["env", "envFrom", "volumeMounts"].map((field) => [field, at(container, field)] as const),
    ...listOf(at(container, "envFrom"))
      .flatMap((entry) => [entry, at(entry, "secretRef"), at(entry, "secretRef", "name")])
      .map((value) => ["envFrom", value] as const),
  ]);
  return [
    ...parts.filter((part) => isLate(at(pod, part))),
    ...places.filter(([, value]) => isLate(value)).map(([field]) => field),
    ...volumes
      .filter(({ providerClass }) => providerClass === "")
      .map(({ name }) => `the class of the volume ${name}`),
    ...containers.flatMap(({ variables }) =>
      variables
        .filter(({ isSourceLate }) => isSourceLate)
        .map(({ name }) => `the Secret of the variable ${name}`),
    ),
  ];
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
    ...fileUses(at(volume, "secret"), "secretName", by),
    // Credentials for a driver, which the kubelet reads before it calls it.
    ...fileUses(
      at(volume, "csi", "nodePublishSecretRef"),
      "name",
      `nodePublishSecretRef of the ${by}`,
    ),
    ...projected.flatMap((source) => fileUses(source, "name", by)),
  ];
}

/** The whole Secret, or those of its keys that `items` lists. */
function fileUses(source: unknown, property: string, by: string): readonly SecretUse[] {
  const secretName = textOf(at(source, property));
  const keys = listOf(at(source, "items")).map((item) => textOf(at(item, "key")));
  return (keys.length === 0 ? [undefined] : keys).flatMap((key) =>
    useOf(source, secretName, by, key),
  );
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
