import * as fs from "node:fs";
import * as path from "node:path";
import { TYPES } from "../../preflight/simulation/models/aws/common";
import { type Account, text } from "../../preflight/simulation/models/model";
import { recordOf } from "../../preflight/simulation/wire/values";
import type { Databases } from "../database/databases";
import { removeIfEmpty } from "../engine/lock";
import { type SecretsEndpoint, serveSecrets } from "../secrets/endpoint";
import { ServiceError } from "../secrets/errors";
import { type Clock, REAL_TIME } from "../secrets/operations";
import type { StoredSecret } from "../secrets/stored";
import { Refused } from "../server/errors";
import type { LifecycleHooks } from "../server/lifecycle-hooks";
import { type CloudObject, type CloudStore, inputsOf } from "../server/store";
import { unpack } from "./archive";
import { StackNetwork } from "./network";
import { FunctionRole } from "./role";
import { FunctionError, type FunctionRoute, Worker } from "./worker";

export interface FunctionsOptions {
  /** Where the functions' code and logs are kept. */
  readonly folder: string;
  readonly databases: Pick<Databases, "routes">;
  readonly account: Account;
  /** The time that Secrets Manager tells the functions. @default the machine's */
  readonly clock?: Clock;
}

/** How the local cloud's own lines begin in a function's log. */
const NOTE = "local cloud: ";

/** Lambda's default. */
const TIMEOUT_SECONDS = 3;
const MEMORY_MB = 128;

/** The Lambda functions of a local cloud, each in a process of its own. */
export class Functions {
  readonly #folder: string;
  readonly #databases: Pick<Databases, "routes">;
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #workers = new Map<string, Worker>();
  /** A function handles one event after the other. */
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #endpoints = new Map<CloudStore, Promise<SecretsEndpoint>>();

  constructor({ folder, databases, account, clock = REAL_TIME }: FunctionsOptions) {
    this.#folder = folder;
    this.#databases = databases;
    this.#account = account;
    this.#clock = clock;
  }

  get hooks(): LifecycleHooks {
    const install = (object: CloudObject, store: CloudStore) =>
      Promise.resolve().then(() => this.#install(object, store));
    return {
      [TYPES.function]: {
        created: install,
        updated: install,
        deleted: ({ id }) => {
          this.kill(id);
          fs.rmSync(path.join(this.#folder, id), { recursive: true, force: true });
          removeIfEmpty(this.#folder);
        },
      },
    };
  }

  /** What a function has printed. */
  logFile(id: string): string {
    return path.join(this.#folder, id, "log");
  }

  /**
   * Calls a function, by its name or ARN, and waits for its result. Throws `FunctionError` with what the
   * function threw.
   */
  async invoke(named: string, event: unknown, store: CloudStore): Promise<unknown> {
    const object = store
      .all(TYPES.function)
      .find(({ id, outputs }) => id === named || outputs.arn === named);
    if (object === undefined) throw new Refused(`Function not found: ${named}`);
    const before = this.#last.get(object.id) ?? Promise.resolve();
    const run = before.then(() => this.#run(object, event, store));
    this.#last.set(
      object.id,
      run.catch(() => undefined),
    );
    return run;
  }

  /** Ends the process of a function, by its name or ARN, at once, whatever it is at; the next event starts another one. */
  kill(named: string): void {
    const id = named.split(":").at(-1) ?? named;
    this.#workers.get(id)?.kill();
    this.#workers.delete(id);
  }

  /** Ends all processes and stops serving secrets, without which the caller's own process would not end. */
  close(): void {
    for (const id of [...this.#workers.keys()]) this.kill(id);
    for (const endpoint of this.#endpoints.values()) {
      // One that could not listen has told its caller.
      endpoint.then(({ close }) => close()).catch(() => undefined);
    }
    this.#endpoints.clear();
  }

  async #run(object: CloudObject, event: unknown, store: CloudStore): Promise<unknown> {
    const endpoint = await this.#endpoint(store);
    let worker = this.#workers.get(object.id);
    if (worker === undefined) {
      const unlogged = this.#role(object, store).logFailure(object);
      if (unlogged !== undefined) this.#note(object.id, `nothing is logged: ${unlogged}`);
      worker = new Worker(this.#processOf(object, endpoint, unlogged === undefined));
      this.#workers.set(object.id, worker);
    }
    const seen = this.#notes(object.id).length;
    try {
      return await worker.run(event, this.#routes(object, endpoint, store));
    } catch (error) {
      if (error instanceof FunctionError) {
        error.notes = [...new Set(this.#notes(object.id).slice(seen))];
      }
      throw error;
    }
  }

  /** To the databases and to Secrets Manager, as the function's network leads there. */
  #routes(
    object: CloudObject,
    { url }: SecretsEndpoint,
    store: CloudStore,
  ): readonly FunctionRoute[] {
    const { hostname: host, port: endpointPort } = new URL(url);
    const port = Number(endpointPort);
    const instances = store.all(TYPES.instance);
    const network = new StackNetwork(store);
    const blocked = (to: string, block: string | undefined) =>
      block !== undefined && { blockedBy: `no connection to ${to}: ${block}` };
    return [
      {
        ...{ host, port, localPort: port },
        ...blocked("Secrets Manager", network.secretsManagerBlock(object)),
      },
      ...this.#databases.routes(store).map((route) => {
        const instance = instances.find(({ outputs }) => outputs.address === route.host);
        const block = instance && network.databaseBlock(object, instance);
        return { ...route, ...blocked(`${route.host}:${route.port}`, block) };
      }),
    ];
  }

  #endpoint(store: CloudStore): Promise<SecretsEndpoint> {
    const found =
      this.#endpoints.get(store) ??
      serveSecrets(store, {
        clock: this.#clock,
        authorize: (caller, action, secret) => this.#authorize(caller, action, secret, store),
      });
    this.#endpoints.set(store, found);
    return found;
  }

  #authorize(caller: string, action: string, secret: StoredSecret, store: CloudStore): void {
    const object = store.get(TYPES.function, caller);
    const refusal = object && this.#role(object, store).secretFailure(action, secret);
    if (refusal === undefined) return;
    this.#note(caller, refusal);
    throw new ServiceError("AccessDeniedException", refusal);
  }

  #role(object: CloudObject, store: CloudStore): FunctionRole {
    return new FunctionRole(object, store, this.#account);
  }

  /** Tells, beside what the function prints, what AWS tells nobody but its own logs. */
  #note(id: string, line: string): void {
    const file = this.logFile(id);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.appendFileSync(file, `${NOTE}${line}\n`, { mode: 0o600 });
  }

  #notes(id: string): readonly string[] {
    const file = this.logFile(id);
    if (!fs.existsSync(file)) return [];
    const lines = fs.readFileSync(file, "utf8").split("\n");
    return lines.filter((line) => line.startsWith(NOTE)).map((line) => line.slice(NOTE.length));
  }

  #install(object: CloudObject, store: CloudStore): undefined {
    const refusal = this.#role(object, store).creationFailure(object);
    if (refusal !== undefined) throw new Refused(refusal);
    this.kill(object.id);
    unpack(inputsOf(object).code, this.#codeOf(object));
  }

  #codeOf({ id }: CloudObject): string {
    return path.join(this.#folder, id, "code");
  }

  #processOf(object: CloudObject, { url, accessKeyOf }: SecretsEndpoint, isLogged: boolean) {
    const { id, outputs } = object;
    const { environment, timeout, memorySize, handler } = inputsOf(object);
    const { region } = this.#account;
    const memory = Number(memorySize ?? MEMORY_MB);
    const declared = recordOf(recordOf(environment).variables);
    return {
      functionName: id,
      functionArn: text(outputs.arn),
      timeoutSeconds: Number(timeout ?? TIMEOUT_SECONDS),
      memory,
      logFile: isLogged ? this.logFile(id) : undefined,
      env: {
        ...Object.fromEntries(Object.entries(declared).map(([name, value]) => [name, text(value)])),
        // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
        ...{ AWS_REGION: region, AWS_DEFAULT_REGION: region, TZ: ":UTC" },
        AWS_LAMBDA_FUNCTION_NAME: id,
        AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
        LAMBDA_TASK_ROOT: this.#codeOf(object),
        _HANDLER: text(handler),
        AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
        AWS_ACCESS_KEY_ID: accessKeyOf(id),
        AWS_SECRET_ACCESS_KEY: "local",
        // Files of this user must not give the SDK other settings.
        AWS_CONFIG_FILE: "/dev/null",
        AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      },
    };
  }
}
