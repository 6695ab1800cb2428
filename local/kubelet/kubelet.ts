import * as fs from "node:fs";
import * as path from "node:path";
import type { Client } from "pg";
import type { Account, Properties } from "../../preflight/simulation/models/model";
import type { Databases } from "../database/databases";
import { NotReady } from "../server/errors";
import type { LifecycleHooks } from "../server/lifecycle-hooks";
import type { CloudObject, CloudStore } from "../server/store";
import { authoritiesOf, type Connected, serverInfo, withConnection } from "./connect";
import { EventLog, type RecordedEvent } from "./events";
import { factsFor } from "./facts";
import { openVolumes, rewriteFiles } from "./mount";
import { type NamespacedName, namespacedName, replicasOf } from "./objects";
import { PodEvent } from "./pod-event";
import type { Existing } from "./placeholders";
import { mountAccess } from "../../preflight/doctor/access";
import { nodeSetup, type Refresh, refreshOf } from "./node";
import { type RunningPod, type StartContext, startPod } from "./start";

export { PodEvent, type RunningPod };

export const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const JOB = "kubernetes:batch/v1:Job";

export interface KubeletOptions {
  /** Folder for the pods' volumes. */
  readonly volumes: string;
  /** Folder for the pods' events. */
  readonly events: string;
  readonly databases: Pick<Databases, "routes">;
  /** Whether a secret exists outside the stack. @default none */
  readonly existing?: Existing;
  /** Account and region of the nodes. */
  readonly account: Account;
}

/** Mounts volumes and starts containers as kubelet, driver and provider do on a node. */
export class Kubelet {
  readonly #volumes: string;
  readonly #events: EventLog;
  readonly #databases: Pick<Databases, "routes">;
  readonly #existing: Existing;
  readonly #account: Account;

  constructor({ volumes, events, databases, existing = () => false, account }: KubeletOptions) {
    this.#volumes = volumes;
    this.#events = new EventLog(events);
    this.#databases = databases;
    this.#existing = existing;
    this.#account = account;
  }

  get hooks(): LifecycleHooks {
    return {
      [DEPLOYMENT]: {
        created: (deployment, store) => this.#rollOut(deployment, store),
        updated: (deployment, store) => this.#rollOut(deployment, store),
        deleted: (deployment) => this.#remove(deployment),
      },
      [JOB]: {
        created: (job, store) => this.#run(job, store),
        // One that failed is tried again.
        updated: (job, store) => this.#run(job, store),
        deleted: (job) => this.#remove(job),
      },
    };
  }

  /** The events of a Deployment's pods, the oldest first. */
  events(pod: NamespacedName): readonly RecordedEvent[] {
    return this.#events.of(pod);
  }

  /**
   * Mounts a Deployment's volumes and starts its containers. Throws `PodEvent` where that fails, and
   * records it in `events` unless `record` is false.
   */
  start(deployment: CloudObject, store: CloudStore, { record = true } = {}): RunningPod {
    const pod = namespacedName(deployment);
    try {
      openVolumes(this.#volumes);
      return startPod(deployment, this.#context(pod, store));
    } catch (error) {
      throw record ? this.#recorded(pod, error) : error;
    }
  }

  /**
   * Updates the files of a running pod, one after the other. Returns the pod as its containers would be
   * if they started now; the variables of those that run do not change.
   */
  refresh(deployment: CloudObject, store: CloudStore): RunningPod {
    const context = this.#context(namespacedName(deployment), store);
    return startPod(deployment, { ...context, write: rewriteFiles });
  }

  /** When the driver refreshes the files of a Deployment's pods. */
  refreshTimes(deployment: CloudObject, store: CloudStore): Refresh {
    const facts = factsFor(deployment, store, this.#account);
    return refreshOf(facts, nodeSetup(facts, store));
  }

  /** Names or ARNs of the secrets that a Deployment's pods mount. */
  mountedSecrets(deployment: CloudObject, store: CloudStore): readonly string[] {
    const names = mountAccess(factsFor(deployment, store, this.#account)).flatMap(({ mount }) =>
      mount.objects
        .filter(({ service }) => service === "secretsmanager")
        .map(({ descriptor }) => descriptor.objectName),
    );
    return [...new Set(names)];
  }

  /** The readiness check: opens a connection with nothing but the files and variables of the container. */
  async check(pod: RunningPod, store: CloudStore): Promise<Connected | undefined> {
    if (pod.connection === undefined) return undefined;
    try {
      const connected = await this.connect(pod, store, serverInfo);
      const message = `connected to PostgreSQL ${connected.server} with ${connected.tls}`;
      this.#events.add(pod, { type: "Normal", reason: "Ready", message });
      return connected;
    } catch (error) {
      // The advice of Node.js about its own certificates does not apply to a pod.
      const why = (error as Error).message.replace(/; if the root CA is installed locally.*/s, "");
      throw this.#recorded(pod, new PodEvent("Unhealthy", `Readiness probe failed: ${why}`));
    }
  }

  /** Runs `use` with a connection as the container would open it. */
  async connect<T>(
    pod: RunningPod,
    store: CloudStore,
    use: (client: Client) => Promise<T>,
  ): Promise<T> {
    const { namespace, name, connection } = pod;
    if (connection === undefined) {
      throw new Error(`the variables of ${namespace}/${name} describe no connection`);
    }
    return withConnection(connection, authoritiesOf(pod), this.#databases.routes(store), use);
  }

  async #rollOut(deployment: CloudObject, store: CloudStore): Promise<Properties> {
    const { namespace, name } = namespacedName(deployment);
    const replicas = replicasOf(deployment);
    const status = { replicas, readyReplicas: replicas, availableReplicas: replicas };
    if (replicas === 0) {
      // The volumes of the pods that ran before are removed.
      fs.rmSync(this.#folder({ namespace, name }), { recursive: true, force: true });
      return { status };
    }
    const otherwise = `Minimum number of live Pods was not attained: [Pod ${namespace}/${name}]`;
    await this.#requireReady(deployment, store, otherwise);
    return { status };
  }

  /** Runs a Job: its pod starts, connects and ends. Its command does not run. */
  async #run(job: CloudObject, store: CloudStore): Promise<Properties> {
    const { namespace, name } = namespacedName(job);
    try {
      await this.#requireReady(job, store, `Job ${namespace}/${name} did not complete`);
    } finally {
      // A pod that has ended has no volumes.
      fs.rmSync(this.#folder({ namespace, name }), { recursive: true, force: true });
    }
    return { status: { succeeded: 1 } };
  }

  /** Starts a pod and checks its connection. Throws `NotReady`, which begins with `otherwise`. */
  async #requireReady(workload: CloudObject, store: CloudStore, otherwise: string): Promise<void> {
    try {
      await this.check(this.start(workload, store), store);
    } catch (error) {
      if (!(error instanceof PodEvent)) throw error;
      throw new NotReady([`${otherwise}: ${error.reason}: ${error.message}`, ...error.log]);
    }
  }

  #remove(workload: CloudObject): void {
    const pod = namespacedName(workload);
    fs.rmSync(this.#folder(pod), { recursive: true, force: true });
    this.#events.remove(pod);
  }

  /** The same error, recorded in `events` where it is a `PodEvent`. */
  #recorded(pod: NamespacedName, error: unknown): unknown {
    if (error instanceof PodEvent) {
      const { reason, message, log } = error;
      const event = { type: "Warning", reason, message, ...(log.length > 0 && { log }) } as const;
      this.#events.add(pod, event);
    }
    return error;
  }

  #context(pod: NamespacedName, store: CloudStore): StartContext {
    const [account, existing] = [this.#account, this.#existing];
    return { store, account, existing, folder: this.#folder(pod) };
  }

  #folder({ namespace, name }: NamespacedName): string {
    return path.join(this.#volumes, namespace, name);
  }
}
