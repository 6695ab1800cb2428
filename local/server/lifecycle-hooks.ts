import type { Properties } from "../../preflight/simulation/models/model";
import type { CloudObject, CloudStore } from "./store";

/**
 * Effects of an operation on a resource on this machine, e.g. a database that starts. Throws `Refused`
 * when the operation failed, `NotReady` when the resource exists but does not work.
 */
export interface LifecycleHook {
  readonly created?: (object: CloudObject, store: CloudStore) => Promise<MoreOutputs>;
  readonly updated?: (
    object: CloudObject,
    store: CloudStore,
    before: CloudObject,
  ) => Promise<MoreOutputs>;
  readonly deleted?: (object: CloudObject, store: CloudStore) => Promise<void> | void;
}

/** Outputs that only the running process knows, where there are some. */
export type MoreOutputs = Properties | undefined;

/** Hooks by resource type. */
export type LifecycleHooks = Readonly<Record<string, LifecycleHook | undefined>>;
