import * as fs from "node:fs";
import * as path from "node:path";
import {
  containerEnv,
  type Delivery,
  mountEventMessage,
  parseObjects,
  predictDelivery,
  type SecretObject,
  type SyncedSecret,
} from "../../components/csi-secrets-app/delivery";
import type { Client } from "pg";
import { type Properties, text } from "../cloud/model";
import type { Databases } from "../database/databases";
import { openEnvelopes } from "../mocks/secrets";
import { NotReady } from "../server/errors";
import type { Reactions } from "../server/reactions";
import type { CloudObject, CloudStore } from "../server/store";
import { type Connected, introduce, withConnection } from "./connect";
import { connectionIn, type ConnectionSettings } from "./connection";
import { mountFiles } from "./mount";
import { refusals, roleOf } from "./permission";
import { podOf, type PodSpec } from "./pod";
import { secretArn, secretsIn } from "./secrets";

export const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const PROVIDER_CLASS = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SERVICE_ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const KUBERNETES_FILE_MODE = 0o644;

/** A pod whose container could start. */
export interface RunningPod {
  readonly namespace: string;
  readonly name: string;
  /** Paths in the container. */
  readonly files: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Names of the variables that come from a secret. */
  readonly secretVariables: readonly string[];
  /** Absent where its variables describe no connection. */
  readonly connection?: ConnectionSettings;
  /** Where the certificate authorities that the container trusts are on this machine. */
  readonly authoritiesFile?: string;
}

/** Something that keeps a pod from running, as Kubernetes words it. */
export class PodEvent extends Error {
  override readonly name = "PodEvent";
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Does for the pods of a local cloud what kubelet, driver and provider do on a node. */
export class Kubelet {
  readonly #volumes: string;
  readonly #databases: Databases;

  constructor(volumes: string, databases: Databases) {
    this.#volumes = volumes;
    this.#databases = databases;
  }

  get reactions(): Reactions {
    return {
      [DEPLOYMENT]: {
        created: (deployment, store) => this.#rollOut(deployment, store),
        updated: (deployment, store) => this.#rollOut(deployment, store),
        deleted: (deployment) => {
          fs.rmSync(this.#folder(podOf(deployment)), { recursive: true, force: true });
          return Promise.resolve();
        },
      },
    };
  }

  /** Mounts a Deployment's volumes and starts its container. Throws `PodEvent` where it cannot. */
  start(deployment: CloudObject, store: CloudStore): RunningPod {
    const pod = podOf(deployment);
    const account = `${pod.namespace}/${pod.serviceAccount}`;
    if (store.get(SERVICE_ACCOUNT, account) === undefined) {
      throw new PodEvent(
        "FailedCreate",
        `pods "${pod.name}-" is forbidden: error looking up service account ${account}: ` +
          `serviceaccount "${pod.serviceAccount}" not found`,
      );
    }
    const configs = pod.configVolumes.flatMap((volume) => this.#mountConfig(pod, volume, store));
    const delivered = pod.secretVolumes.map((volume) => this.#mountSecrets(pod, volume, store));
    const secrets = delivered.flatMap((delivery) => delivery.secrets);
    const variables = environmentOf(pod, secrets);
    const env = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
    const connection = connectionIn(env);
    return {
      namespace: pod.namespace,
      name: pod.name,
      files: [...delivered.flatMap(({ files }) => files), ...configs],
      env,
      secretVariables: variables.filter(({ secret }) => secret).map(({ name }) => name),
      ...(connection !== undefined && { connection }),
      ...this.#authorities(pod, connection?.rootCertificate),
    };
  }

  /** The readiness check: a connection opened with nothing but what the container holds. */
  async check(pod: RunningPod, store: CloudStore): Promise<Connected | undefined> {
    if (pod.connection === undefined) return undefined;
    try {
      return await this.connect(pod, store, introduce);
    } catch (error) {
      throw new PodEvent("Unhealthy", `Readiness probe failed: ${(error as Error).message}`);
    }
  }

  /** Runs `use` with a connection as the container would open it. */
  async connect<T>(
    { namespace, name, connection, authoritiesFile }: RunningPod,
    store: CloudStore,
    use: (client: Client) => Promise<T>,
  ): Promise<T> {
    if (connection === undefined) {
      throw new Error(`the variables of ${namespace}/${name} describe no connection`);
    }
    const authorities =
      authoritiesFile === undefined ? "" : fs.readFileSync(authoritiesFile, "utf8");
    return withConnection(connection, authorities, this.#databases.routes(store), use);
  }

  async #rollOut(deployment: CloudObject, store: CloudStore): Promise<Properties> {
    const { namespace, name } = podOf(deployment);
    try {
      await this.check(this.start(deployment, store), store);
    } catch (error) {
      if (!(error instanceof PodEvent)) throw error;
      throw new NotReady([
        `Minimum number of live Pods was not attained: [Pod ${namespace}/${name}]: ` +
          `${error.reason}: ${error.message}`,
      ]);
    }
    const { replicas } = (openEnvelopes(deployment.inputs) as { spec: Properties }).spec;
    return { status: { replicas, readyReplicas: replicas, availableReplicas: replicas } };
  }

  #mountConfig(
    pod: PodSpec,
    { name, configMap }: PodSpec["configVolumes"][number],
    store: CloudStore,
  ): readonly string[] {
    const object = store.get(CONFIG_MAP, `${pod.namespace}/${configMap}`);
    if (object === undefined) {
      throw new PodEvent(
        "FailedMount",
        `MountVolume.SetUp failed for volume "${name}" : configmap "${configMap}" not found`,
      );
    }
    const data = (openEnvelopes(object.inputs.data) ?? {}) as Readonly<Record<string, string>>;
    const files = Object.entries(data).map(([key, content]) => ({
      path: key,
      mode: KUBERNETES_FILE_MODE,
      content: Buffer.from(content),
    }));
    return this.#mount(pod, name, files);
  }

  #mountSecrets(
    pod: PodSpec,
    { name, attributes }: PodSpec["secretVolumes"][number],
    store: CloudStore,
  ): { readonly files: readonly string[]; readonly secrets: readonly SyncedSecret[] } {
    const failed = (why: string) =>
      new PodEvent("FailedMount", `MountVolume.SetUp failed for volume "${name}" : ${why}`);
    const className = text(attributes.secretProviderClass);
    const object = store.get(PROVIDER_CLASS, `${pod.namespace}/${className}`);
    if (object === undefined) {
      throw failed(
        "rpc error: code = Unknown desc = failed to get secretproviderclass " +
          `${pod.namespace}/${className}, error: SecretProviderClass.secrets-store.csi.x-k8s.io ` +
          `"${className}" not found`,
      );
    }
    const delivery = deliver(pod, object, store);
    if (!delivery.ok) {
      const why = mountEventMessage(delivery, pod);
      throw failed(`rpc error: code = Unknown desc = ${why}`);
    }
    return { files: this.#mount(pod, name, delivery.files), secrets: delivery.secrets };
  }

  /** Mounts a volume and returns the paths under which the container sees its files. */
  #mount(
    pod: PodSpec,
    volume: string,
    files: readonly { path: string; mode: number; content?: Uint8Array }[],
  ): readonly string[] {
    mountFiles(path.join(this.#folder(pod), volume), files);
    const mountPath = pod.mounts.find(({ name }) => name === volume)?.mountPath ?? "";
    return files.map((file) => path.posix.join(mountPath, file.path));
  }

  /** Where a file of the container is on this machine, if it is there. */
  #authorities(pod: PodSpec, file = ""): Pick<RunningPod, "authoritiesFile"> {
    const mount = pod.mounts.find(({ mountPath }) => file.startsWith(`${mountPath}/`));
    if (mount === undefined) return {};
    const inVolume = path.posix.relative(mount.mountPath, file);
    const authoritiesFile = path.join(this.#folder(pod), mount.name, inVolume);
    return fs.existsSync(authoritiesFile) ? { authoritiesFile } : {};
  }

  #folder({ namespace, name }: PodSpec): string {
    return path.join(this.#volumes, namespace, name);
  }
}

/** What the provider delivers of a class to a pod, with the rights that the pod's role has. */
function deliver(pod: PodSpec, providerClass: CloudObject, store: CloudStore): Delivery {
  const spec = openEnvelopes(providerClass.inputs.spec) as {
    readonly parameters: Readonly<Record<string, string>>;
    readonly secretObjects?: readonly SecretObject[];
  };
  const { parameters, secretObjects } = spec;
  const parsed = parseObjects(parameters.objects ?? "");
  const names = parsed.ok ? parsed.descriptors.map((one) => one?.objectName ?? "") : [];
  const usePodIdentity = parameters.usePodIdentity === "true";
  const role = roleOf(store, pod, usePodIdentity);
  const arns = names.map((name) => secretArn(store, name)).filter((arn) => arn !== undefined);
  const noIdentity = {
    action: "PodIdentityCredentials" as const,
    status: 404,
    message: `No pod identity association found for ${pod.namespace}/${pod.serviceAccount}`,
  };
  return predictDelivery({
    parameters,
    ...(secretObjects && { secretObjects }),
    primary: secretsIn(store),
    cluster: { role: { value: role } },
    faults: usePodIdentity && role === "" ? [noIdentity] : refusals(store, role, arns),
  });
}

function environmentOf(pod: PodSpec, secrets: readonly SyncedSecret[]) {
  return containerEnv(pod.env, secrets).flatMap((variable) => {
    const { name } = variable;
    switch (variable.kind) {
      case "plain":
        return [{ name, value: variable.value, secret: false }];
      case "secret": {
        const value = Buffer.from(variable.from.content ?? []).toString("utf8");
        return [{ name, value, secret: true }];
      }
      case "absent":
        return [];
      case "missing":
        throw new PodEvent("CreateContainerConfigError", `Error: ${variable.reason}`);
    }
  });
}
