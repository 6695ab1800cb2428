import type { EnvEntry } from "../../preflight/delivery";
import { type Properties, text } from "../../preflight/simulation/models/model";
import { at, listOf, recordOf } from "../../preflight/simulation/wire/values";
import { type CloudObject, inputsOf } from "../server/store";
import { namespacedName } from "./objects";

/** What a kubelet reads of a Deployment's pod. */
export interface PodSpec {
  readonly namespace: string;
  /** Name of the Deployment; its pods are equal, so one represents all. */
  readonly name: string;
  readonly serviceAccount: string;
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
  /** Features that the local kubelet does not support, for an error message. */
  readonly unsupported: readonly string[];
}

export interface Container {
  readonly name: string;
  /** An init container, which ends before the others start. */
  readonly isInit: boolean;
  readonly env: readonly VariableEntry[];
  readonly envFrom: readonly EnvSource[];
  readonly mounts: readonly VolumeMount[];
}

/** An entry of `env`, including the sources other than Secrets. */
export interface VariableEntry extends EnvEntry {
  readonly valueFrom?: NonNullable<EnvEntry["valueFrom"]> & {
    readonly configMapKeyRef?: {
      readonly name: string;
      readonly key: string;
      readonly optional?: boolean;
    };
    readonly fieldRef?: { readonly fieldPath: string };
  };
}

/** An entry of `envFrom`: all keys of an object. */
export interface EnvSource {
  readonly kind: "secret" | "configmap";
  readonly name: string;
  readonly prefix: string;
  readonly optional: boolean;
}

export interface VolumeMount {
  readonly volume: string;
  readonly mountPath: string;
  /** The part of the volume that is mounted; empty: all of it. */
  readonly subPath: string;
}

export type Volume = DriverVolume | FilesVolume | EmptyVolume;

/** A volume of the secrets driver. */
export interface DriverVolume {
  readonly name: string;
  readonly kind: "driver";
  readonly providerClass: string;
  readonly readOnly: boolean;
}

/** A volume with the keys of Kubernetes objects as files. */
export interface FilesVolume {
  readonly name: string;
  readonly kind: "files";
  readonly sources: readonly FileSource[];
  readonly mode: number;
}

interface EmptyVolume {
  readonly name: string;
  readonly kind: "empty";
}

/** An object whose keys become files: all of them, or those of `items`. */
export interface FileSource {
  readonly kind: EnvSource["kind"];
  readonly name: string;
  readonly optional: boolean;
  readonly items: readonly KeyItem[] | undefined;
}

export interface KeyItem {
  readonly key: string;
  readonly path: string;
  readonly mode?: number;
}

const SECRETS_DRIVER = "secrets-store.csi.k8s.io";
const FILE_MODE = 0o644;

/** The pod of a Deployment, as far as secrets and connection depend on it. */
export function podOf(deployment: CloudObject): PodSpec {
  const spec = recordOf(at(inputsOf(deployment), "spec", "template", "spec"));
  const raw = [
    ...list(spec.initContainers).map((container) => ({ container, isInit: true })),
    ...list(spec.containers).map((container) => ({ container, isInit: false })),
  ];
  const volumes = list(spec.volumes).map((volume) => volumeOf(volume));
  return {
    ...namespacedName(deployment),
    serviceAccount: text(spec.serviceAccountName, text(spec.serviceAccount, "default")),
    containers: raw.map(({ container, isInit }) => containerOf(container, isInit)),
    volumes: volumes.filter((volume) => typeof volume !== "string"),
    unsupported: [
      ...volumes.filter((volume) => typeof volume === "string"),
      ...raw.flatMap(({ container }) => unsupportedIn(container)),
    ],
  };
}

function containerOf(container: Properties, isInit: boolean): Container {
  return {
    name: text(container.name),
    isInit,
    env: list(container.env) as unknown as readonly VariableEntry[],
    envFrom: list(container.envFrom).map(({ prefix, secretRef, configMapRef }) => {
      const reference = recordOf(secretRef ?? configMapRef);
      return {
        kind: secretRef === undefined ? "configmap" : "secret",
        name: text(reference.name),
        prefix: text(prefix),
        optional: reference.optional === true,
      };
    }),
    mounts: list(container.volumeMounts).map(({ name, mountPath, subPath }) => ({
      volume: text(name),
      mountPath: text(mountPath),
      subPath: text(subPath),
    })),
  };
}

/** A volume, or the description of one that is not supported. */
function volumeOf(volume: Properties): Volume | string {
  const name = text(volume.name);
  const { csi, configMap, secret, projected, emptyDir } = volume;
  if (recordOf(csi).driver === SECRETS_DRIVER) {
    const { volumeAttributes, readOnly } = recordOf(csi);
    const providerClass = text(recordOf(volumeAttributes).secretProviderClass);
    return { name, kind: "driver", providerClass, readOnly: readOnly === true };
  }
  const files = (sources: readonly FileSource[], { defaultMode }: Properties): Volume => ({
    ...{ name, kind: "files", sources },
    mode: typeof defaultMode === "number" ? defaultMode : FILE_MODE,
  });
  if (configMap !== undefined)
    return files([fileSource("configmap", configMap)], recordOf(configMap));
  if (secret !== undefined) return files([fileSource("secret", secret)], recordOf(secret));
  if (emptyDir !== undefined) return { name, kind: "empty" };
  const sources = list(recordOf(projected).sources);
  const unsupported = sources.flatMap((source) =>
    Object.keys(source).filter((kind) => kind !== "secret" && kind !== "configMap"),
  );
  if (projected === undefined || unsupported.length > 0) {
    const [kind = "no kind"] = Object.keys(volume).filter((key) => key !== "name");
    return `volumes of ${[kind, ...unsupported].join(" ")} ('${name}')`;
  }
  return files(
    sources.map((source) =>
      source.secret === undefined
        ? fileSource("configmap", source.configMap)
        : fileSource("secret", source.secret),
    ),
    recordOf(projected),
  );
}

function fileSource(kind: FileSource["kind"], value: unknown): FileSource {
  const { name, secretName, optional, items } = recordOf(value);
  return {
    kind,
    name: text(secretName, text(name)),
    optional: optional === true,
    items: items === undefined ? undefined : (list(items) as unknown as readonly KeyItem[]),
  };
}

function unsupportedIn(container: Properties): readonly string[] {
  return [
    ...list(container.volumeMounts)
      .filter(({ subPathExpr }) => subPathExpr !== undefined)
      .map(({ name }) => `subPathExpr (volume '${text(name)}')`),
    ...list(container.env)
      .filter(({ valueFrom }) => recordOf(valueFrom).resourceFieldRef !== undefined)
      .map(({ name }) => `resourceFieldRef (variable '${text(name)}')`),
  ];
}

const list = (value: unknown): readonly Properties[] => listOf(value).map(recordOf);
