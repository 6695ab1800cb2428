import type { Registration } from "../../../../preflight/simulation/mocks/run";
import { registered } from "./programs";

export type DeclaredWith = readonly [
  type: string,
  name: string,
  properties?: object,
  more?: Partial<Registration>,
];

/** URN that a resource gets by `registered`. */
export const urnOf = (type: string, name: string): string =>
  `urn:pulumi:test::eks-db-secrets::${type}::${name}`;

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
