import type { Registration } from "../../simulation/mocks/run";

/** What is made before what, by the engine: everything that a resource depends on, at any distance. */
export class Order {
  readonly #byUrn: ReadonlyMap<string, Registration>;
  readonly #before = new Map<string, ReadonlySet<string>>();

  constructor(registrations: readonly Registration[]) {
    this.#byUrn = new Map(registrations.map((registration) => [registration.urn, registration]));
  }

  /** Whether a resource is made only after another one, or after the component that makes that. */
  waits(urn: string, other: string): boolean {
    const before = this.#all(urn);
    for (let each: string | undefined = other; each !== undefined;) {
      if (before.has(each)) return true;
      each = this.#byUrn.get(each)?.parent;
    }
    return false;
  }

  #all(urn: string): ReadonlySet<string> {
    const found = this.#before.get(urn) ?? this.#search(urn);
    this.#before.set(urn, found);
    return found;
  }

  #search(urn: string): ReadonlySet<string> {
    const found = new Set<string>();
    // A loop over a set also comes to what is added to it meanwhile, and to each once.
    const visited = new Set([urn]);
    for (const next of visited) {
      const registration = this.#byUrn.get(next);
      if (registration === undefined) continue;
      const { dependsOn, parent } = registration;
      // A child is registered only after its component, and so after what that depends on. The component
      // itself says nothing: its other children may come later.
      if (parent !== undefined) visited.add(parent);
      for (const each of dependsOn) {
        found.add(each);
        visited.add(each);
      }
    }
    return found;
  }
}
