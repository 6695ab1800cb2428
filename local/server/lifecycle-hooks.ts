import type { Properties } from "../../preflight/simulation/models/model";
import type { CloudObject, CloudStore } from "./store";

/**
 * What making, changing or deleting a resource sets in motion on this machine, e.g. a database that
 * starts. Throws `Refused` when nothing came of it, `NotReady` when it exists but does not work.
 */
export interface Reaction {
  /** Returns outputs that only the running thing knows. */
  readonly created?: (object: CloudObject, store: CloudStore) => Promise<Properties>;
  readonly updated?: (
    object: CloudObject,
    store: CloudStore,
    before: CloudObject,
  ) => Promise<Properties>;
  readonly deleted?: (object: CloudObject, store: CloudStore) => Promise<void>;
}

/** LifecycleHooks by resource type. */
export type LifecycleHooks = Readonly<Record<string, Reaction | undefined>>;
