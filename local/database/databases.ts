import * as fs from "node:fs";
import * as path from "node:path";
import { TYPES } from "../../preflight/simulation/models/aws/common";
import { type Properties, text } from "../../preflight/simulation/models/model";
import { unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import { Refused } from "../server/errors";
import type { LifecycleHooks } from "../server/lifecycle-hooks";
import type { CloudObject, CloudStore } from "../server/store";
import type { Authority } from "./authority";
import { FORCE_SSL, type Parameter, parametersOf, sortedOut, type SortedOut } from "./parameters";
import { POSTGRES } from "./programs";
import { type Configuration, PostgresServer } from "./server";
import {
  changedConfiguration,
  clientRules,
  passwordStatement,
  serverConfiguration,
  setupStatements,
  waitingIn,
} from "./settings";

export const INSTANCE = TYPES.instance;
const DEFAULT_DATABASE = "postgres";

/** Where a host name and port of the local cloud really are: on a port of this machine. */
export interface Route {
  readonly host: string;
  readonly port: number;
  readonly localPort: number;
}

/** The PostgreSQL servers behind the `rds.Instance`s of a local cloud. */
export class Databases {
  readonly #folder: string;
  readonly #authority: Authority;

  constructor(folder: string, authority: Authority) {
    this.#folder = folder;
    this.#authority = authority;
  }

  get reactions(): LifecycleHooks {
    return {
      [INSTANCE]: {
        created: (instance, store) => this.#create(instance, store),
        updated: (instance, store, before) => this.#update(instance, store, before),
        deleted: (instance) => this.server(instance).remove(),
      },
      [TYPES.parameterGroup]: {
        created: (group) => validated(group).then(() => ({})),
        updated: (group, store, before) => this.#reload(group, store, before),
      },
    };
  }

  server(instance: CloudObject): PostgresServer {
    return new PostgresServer(path.join(this.#folder, instance.id));
  }

  /** Starts what does not run, as after a restart of this machine. One that fails holds up no other. */
  async startAll(store: CloudStore): Promise<void> {
    const failures: string[] = [];
    for (const instance of store.all(INSTANCE)) {
      const server = this.server(instance);
      if (!server.exists || (await server.isRunning())) continue;
      await server.start(await configuration(instance, store)).catch((error: Error) => {
        failures.push(
          `${text(outputsOf(instance).identifier)}: ${error.message} (${server.logFile})`,
        );
      });
    }
    if (failures.length > 0) throw new Error(failures.join("; "));
  }

  /** Stops and removes every server there is. */
  removeAll(): Promise<void> {
    return this.#removeAllBut(new Set());
  }

  /** Stops and removes servers whose making was interrupted: no instance stands for them. */
  removeUnknown(store: CloudStore): Promise<void> {
    return this.#removeAllBut(new Set(store.all(INSTANCE).map(({ id }) => id)));
  }

  async #removeAllBut(kept: ReadonlySet<string>): Promise<void> {
    if (!fs.existsSync(this.#folder)) return;
    for (const name of fs.readdirSync(this.#folder)) {
      if (!kept.has(name)) await new PostgresServer(path.join(this.#folder, name)).remove();
    }
  }

  routes(store: CloudStore): readonly Route[] {
    return store
      .all(INSTANCE)
      .filter((instance) => this.server(instance).exists)
      .map((instance) => ({
        host: text(outputsOf(instance).address),
        port: Number(outputsOf(instance).port),
        localPort: this.server(instance).port,
      }));
  }

  async #create(instance: CloudObject, store: CloudStore): Promise<Properties> {
    const server = this.server(instance);
    try {
      await server.initialise();
      await server.execute(setupStatements(loginOf(instance)));
      await this.#writeAccess(server, instance, store);
      await server.start(await configuration(instance, store));
    } catch (error) {
      await server.remove();
      throw notStarted(error);
    }
    return {};
  }

  async #update(
    instance: CloudObject,
    store: CloudStore,
    before: CloudObject,
  ): Promise<Properties> {
    const server = this.server(instance);
    const matters = ["parameterGroupName", "identifier", "port"];
    const restarts = matters.some((input) => instance.inputs[input] !== before.inputs[input]);
    const isSame = !restarts && loginOf(before).password === loginOf(instance).password;
    if (isSame && (await server.isRunning())) return {};
    try {
      await this.#restart(server, instance, store, before);
    } catch (error) {
      // The instance stays what it was, and so does its server.
      await this.#restart(server, before, store, instance).catch(() => undefined);
      throw notStarted(error);
    }
    return {};
  }

  async #restart(
    server: PostgresServer,
    instance: CloudObject,
    store: CloudStore,
    before: CloudObject,
  ): Promise<void> {
    const login = loginOf(instance);
    await server.stop();
    if (loginOf(before).password !== login.password) {
      await server.execute([passwordStatement(login.username, login.password)]);
    }
    await this.#writeAccess(server, instance, store);
    await server.start(await configuration(instance, store));
  }

  /** What can be changed while a server runs is; the rest waits for its next start, as on RDS. */
  async #reload(group: CloudObject, store: CloudStore, before: CloudObject): Promise<Properties> {
    const sorted = await validated(group);
    const parameters = parametersOf(group.inputs);
    const waiting = waitingIn(parametersOf(before.inputs), parameters);
    const using = store
      .all(INSTANCE)
      .filter(({ inputs }) => inputs.parameterGroupName === group.inputs.name);
    for (const server of using.map((instance) => this.server(instance))) {
      if (!server.exists) continue;
      const runs = await server.isRunning();
      if (!runs || !waiting.has(FORCE_SSL))
        server.write({ "pg_hba.conf": clientRules(parameters) });
      if (runs) {
        const changed = (now: string, port: number) =>
          changedConfiguration(now, port, sorted.settings, waiting);
        await server.reload(changed, sorted.leftOut);
      } else {
        await server.start(configurationOf(sorted)).catch((error: unknown) => {
          throw notStarted(error);
        });
      }
    }
    return {};
  }

  async #writeAccess(
    server: PostgresServer,
    instance: CloudObject,
    store: CloudStore,
  ): Promise<void> {
    const { certificate, key } = await this.#authority.issue(text(outputsOf(instance).address));
    server.write({
      "server.crt": certificate,
      "server.key": key,
      "pg_hba.conf": clientRules(parametersIn(instance, store)),
    });
  }
}

/** What an instance says of itself; an output that echoes a secret input is secret too. */
export const outputsOf = ({ outputs }: CloudObject): Properties =>
  unwrapSecrets(outputs) as Properties;

function loginOf({ inputs }: CloudObject) {
  const opened = unwrapSecrets(inputs) as Properties;
  return {
    username: text(opened.username, DEFAULT_DATABASE),
    password: text(opened.password),
    database: text(opened.dbName, DEFAULT_DATABASE),
  };
}

/** Refuses what RDS would refuse: a group is valid before an instance has it. */
async function validated({ inputs }: CloudObject): Promise<SortedOut> {
  const sorted = await sortedOut(parametersOf(inputs), POSTGRES);
  if (sorted.refused.length === 0) return sorted;
  throw new Refused(
    `InvalidParameterValue: parameter group '${text(inputs.name)}': ${sorted.refused.join("; ")}. ` +
      "Give the parameter another value, or leave it out",
  );
}

const notStarted = (error: unknown): Refused =>
  new Refused(`the database did not start: ${(error as Error).message}`);

const configuration = async (instance: CloudObject, store: CloudStore): Promise<Configuration> =>
  configurationOf(await sortedOut(parametersIn(instance, store), POSTGRES));

const configurationOf = ({ settings, leftOut, refused }: SortedOut): Configuration => ({
  text: (port) => serverConfiguration(port, settings),
  leftOut: [...leftOut, ...refused],
});

function parametersIn(instance: CloudObject, store: CloudStore): readonly Parameter[] {
  const name = text(instance.inputs.parameterGroupName);
  return parametersOf(store.get(TYPES.parameterGroup, name)?.inputs);
}
