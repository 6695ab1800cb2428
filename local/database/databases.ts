import * as fs from "node:fs";
import * as path from "node:path";
import { TYPES } from "../../preflight/simulation/models/aws/common";
import { text } from "../../preflight/simulation/models/model";
import { managedSecret } from "../secrets/stored";
import { Refused } from "../server/errors";
import type { LifecycleHooks } from "../server/lifecycle-hooks";
import { type CloudObject, type CloudStore, outputsOf } from "../server/store";
import type { Authority } from "./authority";
import { forgetManagedPassword, makeManagedPassword, masterUserOf } from "./master-user";
import {
  FORCE_SSL,
  type Parameter,
  parametersOf,
  classifyParameters,
  type ClassifiedParameters,
} from "./parameters";
import { POSTGRES } from "./programs";
import { type Configuration, PostgresServer } from "./server";
import {
  changedConfiguration,
  clientRules,
  passwordStatement,
  serverConfiguration,
  setupStatements,
  pendingParameters,
} from "./settings";

export const INSTANCE = TYPES.instance;

/** The port of this machine behind a host name and port of the local cloud. */
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

  get hooks(): LifecycleHooks {
    return {
      [INSTANCE]: {
        created: (instance, store) => this.#create(instance, store),
        updated: (instance, store, before) => this.#update(instance, store, before),
        deleted: async (instance, store) => {
          await this.server(instance).remove();
          forgetManagedPassword(instance, store);
        },
      },
      [TYPES.parameterGroup]: {
        created: (group) => validated(group).then(() => undefined),
        updated: (group, store, before) => this.#reload(group, store, before),
      },
    };
  }

  server(instance: CloudObject): PostgresServer {
    return new PostgresServer(path.join(this.#folder, instance.id));
  }

  /** Starts the servers that do not run, e.g. after a restart of this machine. Throws all failures at the end. */
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

  /** Stops and removes every server. */
  removeAll(): Promise<void> {
    return this.#removeAllBut(new Set());
  }

  /** Stops and removes servers without an instance, from interrupted creations. */
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

  async #create(instance: CloudObject, store: CloudStore): Promise<undefined> {
    const server = this.server(instance);
    try {
      makeManagedPassword(instance, store);
      await server.initialise();
      await server.execute(setupStatements(masterUserOf(instance, store)));
      await this.#writeAccess(server, instance, store);
      await server.start(await configuration(instance, store));
    } catch (error) {
      await server.remove();
      forgetManagedPassword(instance, store);
      throw notStarted(error);
    }
  }

  async #update(instance: CloudObject, store: CloudStore, before: CloudObject): Promise<undefined> {
    const server = this.server(instance);
    makeManagedPassword(instance, store);
    const restarting = ["parameterGroupName", "identifier", "port"];
    const restarts = restarting.some((input) => instance.inputs[input] !== before.inputs[input]);
    const isSame =
      !restarts && masterUserOf(before, store).password === masterUserOf(instance, store).password;
    if (isSame && (await server.isRunning())) return;
    try {
      await this.#restart(server, instance, store, before);
      if (managedSecret(instance) === undefined) forgetManagedPassword(before, store);
    } catch (error) {
      // The instance keeps its old inputs, so its server must run with them.
      await this.#restart(server, before, store, instance).catch(() => undefined);
      throw notStarted(error);
    }
  }

  async #restart(
    server: PostgresServer,
    instance: CloudObject,
    store: CloudStore,
    before: CloudObject,
  ): Promise<void> {
    const login = masterUserOf(instance, store);
    await server.stop();
    if (masterUserOf(before, store).password !== login.password) {
      await server.execute([passwordStatement(login.username, login.password)]);
    }
    await this.#writeAccess(server, instance, store);
    await server.start(await configuration(instance, store));
  }

  /** Applies what can be changed in a running server; as on RDS, the rest is applied at its next start. */
  async #reload(group: CloudObject, store: CloudStore, before: CloudObject): Promise<undefined> {
    const classified = await validated(group);
    const parameters = parametersOf(group.inputs);
    const pending = pendingParameters(parametersOf(before.inputs), parameters);
    const using = store
      .all(INSTANCE)
      .filter(({ inputs }) => inputs.parameterGroupName === group.inputs.name);
    for (const server of using.map((instance) => this.server(instance))) {
      if (!server.exists) continue;
      const runs = await server.isRunning();
      if (!runs || !pending.has(FORCE_SSL))
        server.write({ "pg_hba.conf": clientRules(parameters) });
      if (runs) {
        const changed = (now: string, port: number) =>
          changedConfiguration(now, port, classified.settings, pending);
        await server.reload(changed, classified.unsupported);
      } else {
        await server.start(configurationOf(classified)).catch((error: unknown) => {
          throw notStarted(error);
        });
      }
    }
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

/** Throws `Refused` for what RDS would reject, also before an instance uses the group. */
async function validated({ inputs }: CloudObject): Promise<ClassifiedParameters> {
  const classified = await classifyParameters(parametersOf(inputs), POSTGRES);
  if (classified.refused.length === 0) return classified;
  throw new Refused(
    `InvalidParameterValue: parameter group '${text(inputs.name)}': ${classified.refused.join("; ")}. ` +
      "Give the parameter another value, or leave it out",
  );
}

const notStarted = (error: unknown): Refused =>
  new Refused(`the database did not start: ${(error as Error).message}`);

const configuration = async (instance: CloudObject, store: CloudStore): Promise<Configuration> =>
  configurationOf(await classifyParameters(parametersIn(instance, store), POSTGRES));

const configurationOf = ({
  settings,
  unsupported,
  refused,
}: ClassifiedParameters): Configuration => ({
  text: (port) => serverConfiguration(port, settings),
  unsupported: [...unsupported, ...refused],
});

function parametersIn(instance: CloudObject, store: CloudStore): readonly Parameter[] {
  const name = text(instance.inputs.parameterGroupName);
  return parametersOf(store.get(TYPES.parameterGroup, name)?.inputs);
}
