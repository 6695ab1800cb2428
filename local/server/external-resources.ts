import type { Properties } from "../../preflight/simulation/models/model";

/**
 * What exists outside a stack, as far as its local cloud can know: what it is told at the start, and
 * what functions of the providers have answered, such as the security group of a cluster that is there.
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
    for (const text of textsIn(answer)) this.#names.add(text);
  }
}

/** All text in a value, at every depth. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
