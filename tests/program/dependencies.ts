import type { Registration } from "../../preflight/simulation/mocks/run";
import { resourceNamed } from "../support/registrations";

/**
 * Names of everything that the engine makes before a resource, sorted: what it depends on or refers
 * to, its parent, its provider, and theirs in turn.
 */
export function namesBefore(registrations: readonly Registration[], name: string): string[] {
  const byUrn = new Map(registrations.map((resource) => [resource.urn, resource]));
  const found = new Set<Registration>();
  const visit = (resource: Registration): void => {
    const { dependsOn, parent = "", provider, inputs } = resource;
    // A provider is referred to by its URN, `::` and its id.
    for (const urn of [
      ...dependsOn,
      parent,
      provider.replace(/::[^:]*$/, ""),
      ...referred(inputs),
    ]) {
      const other = byUrn.get(urn);
      if (other === undefined || found.has(other)) continue;
      found.add(other);
      visit(other);
    }
  };
  visit(resourceNamed(registrations, name));
  return [...found].map((resource) => resource.name).sort();
}

/** URNs of resources that are passed as values, as a remote component's arguments may be. */
function referred(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const { urn } = value as { urn?: unknown };
  return [...(typeof urn === "string" ? [urn] : []), ...Object.values(value).flatMap(referred)];
}
