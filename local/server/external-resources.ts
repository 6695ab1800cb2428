import type { Properties } from "../../preflight/simulation/models/model";

/**
 * Resources outside a stack that its local cloud knows: those named in the settings, and those in the
 * results of provider functions, such as the security group of an existing cluster.
 */
export class ExternalResources {
  readonly #names: Set<string>;

  constructor(names: readonly string[] = []) {
    this.#names = new Set(names);
  }

  /** Whether something of this id, name or ARN exists. */
  has(name: string): boolean {
    return this.#names.has(name);
  }

  learn(answer: Properties): void {
    for (const name of stringsIn(answer)) this.#names.add(name);
  }
}

/** All strings in a value, at every depth. */
export function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
