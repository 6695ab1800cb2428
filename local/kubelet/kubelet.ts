import * as fs from "node:fs";
import * as path from "node:path";
import type { Client } from "pg";
import { type Account, accountIn, type Properties } from "../../preflight/simulation/models/model";
import type { Databases } from "../database/databases";
import { NotReady } from "../server/errors";
import type { LifecycleHooks } from "../server/lifecycle-hooks";
import type { CloudObject, CloudStore } from "../server/store";
import { type Connected, serverInfo, withConnection } from "./connect";
import { EventLog, type RecordedEvent } from "./events";
import { openVolumes } from "./mount";
import { type ObjectPlace, placeOf, replicasOf } from "./objects";
import { PodEvent } from "./pod-event";
import type { Existing } from "./placeholders";
import { type RunningPod, startPod } from "./start";

export { PodEvent, type RunningPod };

export const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

export interface KubeletOptions {
  /** Folder for the pods' volumes. */
  readonly volumes: string;
  /** Folder for what happened to the pods. */
  readonly events: string;
  readonly databases: Pick<Databases, "routes">;
  /** Whether a secret exists outside the stack. @default none does */
  readonly existing?: Existing;
  /** Where the nodes are. @default the stand-in account in eu-central-1 */
  readonly account?: Account;
}

/** Does for the pods of a local cloud what kubelet, driver and provider do on a node. */
export class Kubelet {
  readonly #volumes: string;
  readonly #events: EventLog;
  readonly #databases: Pick<Databases, "routes">;
  readonly #existing: Existing;
  readonly #account: Account;

  constructor(options: KubeletOptions) {
    this.#volumes = options.volumes;
    this.#events = new EventLog(options.events);
    this.#databases = options.databases;
    this.#existing = options.existing ?? (() => false);
    this.#account = options.account ?? accountIn("eu-central-1");
  }

  get reactions(): LifecycleHooks {
    return {
      [DEPLOYMENT]: {
        created: (deployment, store) => this.#rollOut(deployment, store),
        updated: (deployment, store) => this.#rollOut(deployment, store),
        deleted: (deployment) => {
          const pod = placeOf(deployment);
          fs.rmSync(this.#folder(pod), { recursive: true, force: true });
          this.#events.remove(pod);
          return Promise.resolve();
        },
      },
    };
  }

  /** What happened to the pods of a Deployment, the oldest first. */
  events(pod: ObjectPlace): readonly RecordedEvent[] {
    return this.#events.of(pod);
  }

  /**
   * Mounts a Deployment's volumes and starts its containers. Throws `PodEvent` where it cannot, and
   * keeps it for `events` unless whoever starts the pod only looks at it.
   */
  start(deployment: CloudObject, store: CloudStore, { record = true } = {}): RunningPod {
    const pod = placeOf(deployment);
    try {
      openVolumes(this.#volumes);
      return startPod(deployment, {
        store,
        account: this.#account,
        existing: this.#existing,
        folder: this.#folder(pod),
      });
    } catch (error) {
      throw record ? this.#noted(pod, error) : error;
    }
  }

  /** The readiness check: a connection opened with nothing but what the container holds. */
  async check(pod: RunningPod, store: CloudStore): Promise<Connected | undefined> {
    if (pod.connection === undefined) return undefined;
    try {
      const connected = await this.connect(pod, store, serverInfo);
      const message = `connected to PostgreSQL ${connected.server} with ${connected.tls}`;
      this.#events.add(pod, { type: "Normal", reason: "Ready", message });
      return connected;
    } catch (error) {
      // What Node.js advises of its own certificates is nothing that a pod could do.
      const why = (error as Error).message.replace(/; if the root CA is installed locally.*/s, "");
      throw this.#noted(pod, new PodEvent("Unhealthy", `Readiness probe failed: ${why}`));
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
    const { namespace, name } = placeOf(deployment);
    const replicas = replicasOf(deployment);
    const status = { replicas, readyReplicas: replicas, availableReplicas: replicas };
    if (replicas === 0) {
      // What ran before ends, and its volumes with it.
      fs.rmSync(this.#folder({ namespace, name }), { recursive: true, force: true });
      return { status };
    }
    try {
      await this.check(this.start(deployment, store), store);
    } catch (error) {
      if (!(error instanceof PodEvent)) throw error;
      throw new NotReady([
        `Minimum number of live Pods was not attained: [Pod ${namespace}/${name}]: ` +
          `${error.reason}: ${error.message}`,
        ...error.log,
      ]);
    }
    return { status };
  }

  /** The same error, kept for `events` where it is one of the pod's. */
  #noted(pod: ObjectPlace, error: unknown): unknown {
    if (error instanceof PodEvent) {
      const { reason, message, log } = error;
      const event = { type: "Warning", reason, message, ...(log.length > 0 && { log }) } as const;
      this.#events.add(pod, event);
    }
    return error;
  }

  #folder({ namespace, name }: ObjectPlace): string {
    return path.join(this.#volumes, namespace, name);
  }
}
