import type { Registration } from "../../simulation/mocks/run";
import { at, textOf } from "../../simulation/wire/values";
import { opened } from "./location";

/** Finds the registered resource that a property refers to. */
export class References {
  readonly #byUrn: ReadonlyMap<string | undefined, Registration>;

  constructor(registrations: readonly Registration[]) {
    this.#byUrn = new Map(registrations.map((registration) => [registration.urn, registration]));
  }

  find(urn: string): Registration | undefined {
    return this.#byUrn.get(urn);
  }

  /**
   * URNs of the resources of a type whose outputs went into a property. It tells what is meant even
   * where the value itself is not known.
   */
  behind(
    { propertyDependencies }: Registration,
    property: string,
    type: string | RegExp,
  ): readonly string[] {
    const isWanted = (urn: string): boolean => {
      const found = this.#byUrn.get(urn)?.type;
      return typeof type === "string" ? found === type : found !== undefined && type.test(found);
    };
    return propertyDependencies[property]?.filter(isWanted) ?? [];
  }

  /** Name of a Kubernetes object, as other objects call it. */
  nameOf(urn: string | undefined): string | undefined {
    const registration = this.#byUrn.get(urn);
    if (registration === undefined) return undefined;
    return textOf(at(opened(registration), "metadata", "name")) ?? registration.name;
  }
}
