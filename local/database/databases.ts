import * as fs from "node:fs";
import * as path from "node:path";
import { type Properties, text } from "../cloud/model";
import { openEnvelopes } from "../cloud/envelopes";
import { Refused } from "../server/errors";
import type { Reactions } from "../server/reactions";
import type { CloudObject, CloudStore } from "../server/store";
import type { Authority } from "./authority";
import { PostgresServer } from "./server";
import {
  clientRules,
  parametersOf,
  passwordStatement,
  serverConfiguration,
  setupStatements,
} from "./settings";

export const INSTANCE = "aws:rds/instance:Instance";
const PARAMETER_GROUP = "aws:rds/parameterGroup:ParameterGroup";
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

  get reactions(): Reactions {
    return {
      [INSTANCE]: {
        created: (instance, store) => this.#create(instance, store),
        updated: (instance, store, before) => this.#update(instance, store, before),
        deleted: (instance) => this.server(instance).remove(),
      },
      [PARAMETER_GROUP]: {
        updated: (group, store) => this.#reload(group, store),
      },
    };
  }

  server(instance: CloudObject): PostgresServer {
    return new PostgresServer(path.join(this.#folder, instance.id));
  }

  /** Starts what does not run, as after a restart of this machine. */
  async startAll(store: CloudStore): Promise<void> {
    for (const instance of store.all(INSTANCE)) {
      const server = this.server(instance);
      if (server.exists && !(await server.isRunning())) {
        await server.start(configuration(instance, store));
      }
    }
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
        host: text(instance.outputs.address),
        port: Number(instance.outputs.port),
        localPort: this.server(instance).port,
      }));
  }

  async #create(instance: CloudObject, store: CloudStore): Promise<Properties> {
    const server = this.server(instance);
    try {
      await server.initialise();
      await server.execute(setupStatements(loginOf(instance)));
      await this.#writeAccess(server, instance, store);
      await server.start(configuration(instance, store));
    } catch (error) {
      await server.remove();
      throw new Refused(`the database did not start: ${(error as Error).message}`);
    }
    return {};
  }

  async #update(
    instance: CloudObject,
    store: CloudStore,
    before: CloudObject,
  ): Promise<Properties> {
    const server = this.server(instance);
    const was = loginOf(before);
    const login = loginOf(instance);
    const matters = ["parameterGroupName", "identifier", "port"];
    const restarts = matters.some((input) => instance.inputs[input] !== before.inputs[input]);
    if (!restarts && was.password === login.password) return {};
    await server.stop();
    if (was.password !== login.password) {
      await server.execute([passwordStatement(login.username, login.password)]);
    }
    await this.#writeAccess(server, instance, store);
    await server.start(configuration(instance, store));
    return {};
  }

  /** What can be changed while a server runs is; the rest waits for its next start, as on RDS. */
  async #reload(group: CloudObject, store: CloudStore): Promise<Properties> {
    const using = store
      .all(INSTANCE)
      .filter(({ inputs }) => inputs.parameterGroupName === group.inputs.name);
    for (const instance of using) {
      const parameters = parametersOf(group.inputs);
      const server = this.server(instance);
      server.write({ "pg_hba.conf": clientRules(parameters) });
      await server.reload((port) => serverConfiguration(port, parameters));
    }
    return {};
  }

  async #writeAccess(
    server: PostgresServer,
    instance: CloudObject,
    store: CloudStore,
  ): Promise<void> {
    const { certificate, key } = await this.#authority.issue(text(instance.outputs.address));
    server.write({
      "server.crt": certificate,
      "server.key": key,
      "pg_hba.conf": clientRules(parametersIn(instance, store)),
    });
  }
}

function loginOf({ inputs }: CloudObject) {
  const opened = openEnvelopes(inputs) as Properties;
  return {
    username: text(opened.username, DEFAULT_DATABASE),
    password: text(opened.password),
    database: text(opened.dbName, DEFAULT_DATABASE),
  };
}

function configuration(instance: CloudObject, store: CloudStore): (port: number) => string {
  return (port) => serverConfiguration(port, parametersIn(instance, store));
}

function parametersIn(instance: CloudObject, store: CloudStore) {
  const name = text(instance.inputs.parameterGroupName);
  return parametersOf(store.get(PARAMETER_GROUP, name)?.inputs);
}
