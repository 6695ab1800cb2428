import type { Registration } from "../../../../preflight/simulation/mocks/run";
import { Draft } from "./draft";
import { stackRegistrations } from "./programs";

export type Declared = readonly [type: string, name: string, properties?: object];

/** Nothing but these, in the order in which they are given. */
export async function registered(
  ...resources: readonly Declared[]
): Promise<readonly Registration[]> {
  const draft = new Draft(await stackRegistrations("Pod Identity and Helm"));
  const before = draft.registrations.length;
  for (const [type, name, properties = {}] of resources) {
    draft.add(type, name, { ...properties });
  }
  return draft.registrations.slice(before);
}

/** Names of the resources that a property comes from, by the name of the resource that has it. */
export type Origins = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** The same, where properties come from others of them. */
export async function declaredFrom(
  origins: Origins,
  ...resources: readonly Declared[]
): Promise<readonly Registration[]> {
  const declared = await registered(...resources);
  const urnOf = (name: string): string => declared.find((each) => each.name === name)?.urn ?? "";
  return declared.map((each) => ({
    ...each,
    propertyDependencies: Object.fromEntries(
      Object.entries(origins[each.name] ?? {}).map(([property, names]) => [
        property,
        names.map(urnOf),
      ]),
    ),
  }));
}

export type DeclaredWith = readonly [
  type: string,
  name: string,
  properties?: object,
  more?: Partial<Registration>,
];

/** Like `registered`, with what the resources have besides properties; by the default provider. */
export async function registeredWith(
  ...resources: readonly DeclaredWith[]
): Promise<readonly Registration[]> {
  const registrations = await registered(
    ...resources.map(([type, name, properties = {}]) => [type, name, properties] as const),
  );
  return registrations.map((each, index) => ({
    ...each,
    ...{ provider: "", protect: false, ignoreChanges: [], remote: false },
    ...resources[index]?.[3],
  }));
}

/** Has a property of one of them come from resources. */
export const from = (property: string, ...urns: readonly string[]): Partial<Registration> => ({
  propertyDependencies: { [property]: urns },
});
