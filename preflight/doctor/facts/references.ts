import type { Registration } from "../../simulation/mocks/run";

/** Finds the registered resource that a property refers to. */
export class References {
  readonly #byUrn: ReadonlyMap<string, Registration>;

  constructor(registrations: readonly Registration[]) {
    this.#byUrn = new Map(registrations.map((registration) => [registration.urn, registration]));
  }

  /**
   * URNs of the resources of a type whose outputs went into a property. It tells what is meant even
   * where the value itself is not known.
   */
  behind(
    { propertyDependencies }: Registration,
    property: string,
    type: string,
  ): readonly string[] {
    const urns = propertyDependencies[property] ?? [];
    return urns.filter((urn) => this.#byUrn.get(urn)?.type === type);
  }
}
