import { createHash, randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { computedOf } from "../../preflight/simulation/models/naming";
import { functionModel, resourceModel } from "../../preflight/simulation/models";
import { validationErrors } from "../../preflight/simulation/models/validation-errors";
import {
  type Account,
  type Properties,
  type ResourceRequest,
  text,
} from "../../preflight/simulation/models/model";
import { previewable, outputsOf } from "../../preflight/simulation/models/outputs";
import { DEFAULTS, resourceDiff, type ResourceDiff } from "./diff";
import { ExternalResources } from "./external-resources";
import { NotReady, Refused } from "./errors";
import { Faults, type FaultKind, type Operation } from "./faults";
import { withKeptName } from "./names";
import type { LifecycleHook, LifecycleHooks } from "./lifecycle-hooks";
import { dependentsOf, unknownReferences } from "./references";
import { type CloudObject, type CloudStore, inputsOf, plain } from "./store";

/** Longer than a whole `up` of a stack without injected faults. */
const SLOW_MS = 10_000;

export interface LocalCloudOptions {
  readonly store: CloudStore;
  readonly account: Account;
  readonly hooks?: LifecycleHooks;
  /** Resources outside the stack. @default none */
  readonly externalResources?: ExternalResources;
}

export interface Named {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
}

/** The services behind the provider servers: they create, store and return resources. */
export class LocalCloud {
  readonly store: CloudStore;
  readonly faults = new Faults();
  readonly #account: Account;
  readonly #hooks: LifecycleHooks;
  readonly #externalResources: ExternalResources;
  #onKill = (): void => undefined;

  constructor(options: LocalCloudOptions) {
    const { store, account, hooks = {}, externalResources = new ExternalResources() } = options;
    this.store = store;
    this.#externalResources = externalResources;
    this.#account = account;
    this.#hooks = hooks;
  }

  /** Sets how a fault of kind "kill" ends the provider. */
  onKill(kill: () => void): void {
    this.#onKill = kill;
  }

  /** The inputs with the names that the provider chooses, and why the service would reject them. */
  check({ type, name }: Named, olds: Properties | undefined, sent: Properties, proposed: string) {
    const model = resourceModel(type);
    const inputs = withKeptName(model, name, { olds, sent, proposed });
    return { inputs, failures: validationErrors(model, inputs) };
  }

  diff({ type }: Named, olds: Properties, news: Properties): ResourceDiff {
    return resourceDiff(resourceModel(type), plain(olds), plain(news));
  }

  /** The outputs of a resource to be created: what the service computes is unknown. */
  previewCreate(named: Named, inputs: Properties): Properties {
    const computed = this.#computed(named, newSeed(), inputs);
    return this.#outputs(named.type, inputs, previewable(computed, inputs));
  }

  async create(named: Named, inputs: Properties): Promise<CloudObject> {
    const fault = await this.#injectFault("create", named);
    this.#requireReferences(named, inputs);
    const seed = newSeed();
    const computed = this.#computed(named, seed, inputs);
    const id = text(computed.id, `${named.name}-${seed}`);
    if (this.store.get(named.type, id) !== undefined) {
      throw new Refused(`${named.type} '${id}' already exists`);
    }
    const object = { type: named.type, id, urn: named.urn, seed, inputs };
    const made = { ...object, outputs: this.#outputs(named.type, inputs, computed) };
    return this.#store(made, fault, this.#hooks[named.type]?.created);
  }

  async update(named: Named, id: string, news: Properties): Promise<CloudObject> {
    const before = this.store.get(named.type, id);
    if (before === undefined) throw new Refused(`${named.type} '${id}' does not exist`);
    const fault = await this.#injectFault("update", named);
    this.#requireReferences(named, news);
    const computed = this.#recomputed(named, before, news);
    const outputs = this.#updatedOutputs(named.type, before, news, computed);
    const changed = { ...before, urn: named.urn, inputs: news, outputs };
    const react = this.#hooks[named.type]?.updated;
    return this.#store(changed, fault, react && ((object, store) => react(object, store, before)));
  }

  /** The outputs of a resource to be updated: what the service would recompute is unknown. */
  previewUpdate(named: Named, id: string, news: Properties): Properties {
    const before = this.store.get(named.type, id);
    if (before === undefined) return this.previewCreate(named, news);
    const computed = previewable(this.#recomputed(named, before, news), news, before.outputs);
    return this.#updatedOutputs(named.type, before, news, computed);
  }

  async delete(named: Named, id: string): Promise<void> {
    const object = this.store.get(named.type, id);
    if (object === undefined) return;
    const fault = await this.#injectFault("delete", named);
    const blockers = resourceModel(named.type).deletionBlockers?.(inputsOf(object)) ?? [];
    if (blockers.length > 0) throw new Refused(blockers.join("; "));
    const [dependent] = dependentsOf(object, this.store);
    if (dependent !== undefined) {
      const user = `${dependent.type} '${dependent.id}'`;
      throw new Refused(`DependencyViolation: ${named.type} '${id}' is in use by ${user}`);
    }
    await this.discard(object);
    if (fault === "kill") await this.#kill();
  }

  /** Removes an object that no state knows, whatever protects it or depends on it. */
  async discard(object: CloudObject): Promise<void> {
    await this.#hooks[object.type]?.deleted?.(object, this.store);
    this.store.remove(object.type, object.id);
  }

  invoke(token: string, inputs: Properties): Properties {
    const answer = functionModel(token)(plain(inputs), this.#account);
    this.#externalResources.learn(answer);
    return answer;
  }

  #requireReferences({ type, name }: Named, inputs: Properties): void {
    const errors = unknownReferences(type, inputs, this.store, this.#externalResources);
    if (errors.length > 0) throw new Refused(`${type} '${name}': ${errors.join("; ")}`);
  }

  async #store(
    object: CloudObject,
    fault: FaultKind | undefined,
    react: LifecycleHook["created"],
  ): Promise<CloudObject> {
    let settled = object;
    try {
      const more = await react?.(object, this.store);
      settled = { ...object, outputs: { ...object.outputs, ...more } };
      if (fault === "never ready") throw new NotReady(["timed out waiting to be ready"]);
    } catch (error) {
      if (error instanceof NotReady) this.store.put(settled);
      throw error instanceof NotReady ? new Unready(settled, error.reasons) : error;
    }
    this.store.put(settled);
    if (fault === "kill") await this.#kill();
    return settled;
  }

  async #injectFault(
    operation: Operation,
    { urn, type, name }: Named,
  ): Promise<FaultKind | undefined> {
    const fault = this.faults.take(operation, urn);
    if (fault === "hang") await never();
    if (fault === "slow") await delay(SLOW_MS);
    if (fault === "fail") {
      throw new Refused(
        `${type} '${name}': InternalFailure: the service could not ${operation} it`,
      );
    }
    return fault;
  }

  async #kill(): Promise<never> {
    this.#onKill();
    return never();
  }

  #computed({ type, name }: Named, seed: string, inputs: Properties): Properties {
    const request: ResourceRequest = {
      type,
      name,
      inputs: plain(inputs),
      account: this.#account,
      identifier: (prefix, length = 17) =>
        `${prefix}-${createHash("sha256").update(`${prefix}/${seed}`).digest("hex").slice(0, length)}`,
      // In a preview the length may be unknown.
      entropy: (bytes) => randomBytes(Number.isSafeInteger(bytes) ? bytes : 0),
    };
    return computedOf(resourceModel(type), request);
  }

  #recomputed(named: Named, { seed }: CloudObject, news: Properties): Properties {
    return resourceModel(named.type).fixedOutputs === true ? {} : this.#computed(named, seed, news);
  }

  #outputs(type: string, inputs: Properties, computed: Properties): Properties {
    const outputs = outputsOf(inputs, computed, resourceModel(type).secretOutputs);
    return withoutKeys(outputs, ["id", DEFAULTS]);
  }

  #updatedOutputs(
    type: string,
    before: CloudObject,
    news: Properties,
    computed: Properties,
  ): Properties {
    const previous = withoutKeys(before.outputs, Object.keys(before.inputs));
    return { ...previous, ...this.#outputs(type, news, computed) };
  }
}

/** A resource that exists but is not ready, for the engine to record. */
export class Unready extends NotReady {
  readonly object: CloudObject;

  constructor(object: CloudObject, reasons: readonly string[]) {
    super(reasons);
    this.object = object;
  }
}

const newSeed = (): string => randomBytes(8).toString("hex");

const never = (): Promise<never> => new Promise(() => undefined);

const withoutKeys = (properties: Properties, keys: readonly string[]): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([key]) => !keys.includes(key)));
