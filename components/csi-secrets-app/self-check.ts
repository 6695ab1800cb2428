import type { DeliveryEntry, SourceKeys } from "./entries";
import type { ProviderClassSpec } from "./provider-class";

export function predictedProblem(
  spec: ProviderClassSpec,
  secretNames: readonly string[],
  sources: readonly SourceKeys[],
  entries: readonly DeliveryEntry[],
): string | undefined {
  return undefined;
}
