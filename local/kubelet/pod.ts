import type { EnvEntry } from "../../components/csi-secrets-app/delivery";
import { type Properties, text } from "../cloud/model";
import { openEnvelopes } from "../mocks/secrets";
import type { CloudObject } from "../server/store";

type Json = Readonly<Record<string, unknown>>;

/** What a kubelet reads of a Deployment's pod. */
export interface PodSpec {
  readonly namespace: string;
  /** Name of the Deployment; its pods are alike, so one stands for all. */
  readonly name: string;
  readonly serviceAccount: string;
  /** Volumes of the secrets driver: name and volume attributes. */
  readonly secretVolumes: readonly { readonly name: string; readonly attributes: Attributes }[];
  /** Volumes of a ConfigMap: name of the volume and of the ConfigMap. */
  readonly configVolumes: readonly { readonly name: string; readonly configMap: string }[];
  /** Where the container sees each volume. */
  readonly mounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly env: readonly EnvEntry[];
}

type Attributes = Readonly<Record<string, string>>;

const SECRETS_DRIVER = "secrets-store.csi.k8s.io";

/** The pod of a Deployment, as far as its secrets and its connection go. */
export function podOf(deployment: CloudObject): PodSpec {
  const inputs = openEnvelopes(deployment.inputs) as Properties;
  const metadata = record(inputs.metadata);
  const spec = record(record(record(inputs.spec).template).spec);
  const [container] = list(spec.containers);
  const volumes = list(spec.volumes);
  return {
    namespace: text(metadata.namespace, "default"),
    name: text(metadata.name),
    serviceAccount: text(spec.serviceAccountName, "default"),
    secretVolumes: volumes
      .filter(({ csi }) => record(csi).driver === SECRETS_DRIVER)
      .map(({ name, csi }) => ({
        name: text(name),
        attributes: record(record(csi).volumeAttributes) as Attributes,
      })),
    configVolumes: volumes.flatMap(({ name, configMap }) =>
      configMap === undefined
        ? []
        : [{ name: text(name), configMap: text(record(configMap).name) }],
    ),
    mounts: list(container?.volumeMounts).map(({ name, mountPath }) => ({
      name: text(name),
      mountPath: text(mountPath),
    })),
    env: list(container?.env) as unknown as readonly EnvEntry[],
  };
}

const record = (value: unknown): Json => (value ?? {}) as Json;

const list = (value: unknown): readonly Json[] => (value ?? []) as readonly Json[];
