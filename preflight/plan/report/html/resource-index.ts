import type { PlannedResource } from "../../inventory";

/** Resources by URN, and by what they depend on. */
export interface ResourceIndex {
  readonly byUrn: ReadonlyMap<string, PlannedResource>;
  readonly dependents: ReadonlyMap<string, readonly PlannedResource[]>;
  readonly children: ReadonlyMap<string, readonly PlannedResource[]>;
}

export function resourceIndex(resources: readonly PlannedResource[]): ResourceIndex {
  const dependents = new Map<string, PlannedResource[]>();
  const children = new Map<string, PlannedResource[]>();
  const put = (map: Map<string, PlannedResource[]>, urn: string, each: PlannedResource): void => {
    const there = map.get(urn);
    if (there === undefined) map.set(urn, [each]);
    else there.push(each);
  };
  for (const resource of resources) {
    for (const urn of resource.dependsOn) put(dependents, urn, resource);
    if (resource.parent !== undefined) put(children, resource.parent, resource);
  }
  return { byUrn: new Map(resources.map((each) => [each.urn, each])), dependents, children };
}
