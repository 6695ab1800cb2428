import { at } from "../wire/values";
import type { Registration } from "./recorder";

const REGION = /\b(?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-gov|-iso[a-z]?)?-[a-z]+-\d(?=[a-z]?\b)/g;
const CLASS = /^kubernetes:secrets-store[.]csi[.]x-k8s[.]io\//;

/**
 * The same resources in the one region that the program names in them, where nobody says which region
 * it is deployed to: in its classes, or else anywhere. Where it names none, or several, nothing changes.
 */
export function inNamedRegion(
  registrations: readonly Registration[],
  standIn: string,
): { readonly registrations: readonly Registration[]; readonly region: string } {
  const ofClasses = registrations
    .filter(({ type }) => CLASS.test(type))
    .map(({ inputs }) => at(inputs, "spec", "parameters", "region"));
  const region =
    onlyRegionIn(ofClasses) ??
    onlyRegionIn(registrations.map(({ inputs }) => JSON.stringify(inputs).replaceAll(standIn, "")));
  if (region === undefined || region === standIn) return { registrations, region: standIn };
  const moved = JSON.stringify(registrations).replaceAll(standIn, region);
  return { registrations: JSON.parse(moved) as readonly Registration[], region };
}

function onlyRegionIn(texts: readonly unknown[]): string | undefined {
  const found = new Set(
    texts.flatMap((text) => (typeof text === "string" ? (text.match(REGION) ?? []) : [])),
  );
  const [region] = found;
  return found.size === 1 ? region : undefined;
}
