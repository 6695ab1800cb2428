import { grouped } from "../../../doctor/facts/grouped";
import type { PlannedResource } from "../../inventory";

/** Resources by URN, and by what they depend on. */
export interface ResourceIndex {
  readonly byUrn: ReadonlyMap<string, PlannedResource>;
  readonly dependents: ReadonlyMap<string, readonly PlannedResource[]>;
  readonly children: ReadonlyMap<string, readonly PlannedResource[]>;
}

export function resourceIndex(resources: readonly PlannedResource[]): ResourceIndex {
  return {
    byUrn: new Map(resources.map((each) => [each.urn, each])),
    dependents: byEach(resources, ({ dependsOn }) => dependsOn),
    children: byEach(resources, ({ parent }) => (parent === undefined ? [] : [parent])),
  };
}

/** Items by each of their keys. */
export function byEach<T, K>(
  items: readonly T[],
  keysOf: (item: T) => readonly K[],
): ReadonlyMap<K, readonly T[]> {
  const pairs = items.flatMap((item) => keysOf(item).map((key) => ({ key, item })));
  const groups = grouped(pairs, ({ key }) => key);
  return new Map([...groups].map(([key, found]) => [key, found.map(({ item }) => item)]));
}
