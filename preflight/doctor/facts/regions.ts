import type { Registration } from "../../simulation/mocks/run";
import { textOf } from "../../simulation/wire/values";
import { opened, providerUrn } from "./location";

/** Region of the provider that a resource has; `undefined` where the program makes no such provider, or gives it none. */
export type ProviderRegion = (resource: Pick<Registration, "provider">) => string | undefined;

export function providerRegions(registrations: readonly Registration[]): ProviderRegion {
  const regions = new Map(
    registrations
      .filter(({ type }) => type === "pulumi:providers:aws")
      .map((provider) => [provider.urn, textOf(opened(provider).region)]),
  );
  return ({ provider }) => regions.get(providerUrn(provider));
}
