import { stringify } from "yaml";
import type { Plan } from "../model";

// Long lines stay whole, and nothing is written as a reference to an earlier part.
const YAML = { lineWidth: 0, aliasDuplicateObjects: false };

/** Each SecretProviderClass and each workload that mounts one, as YAML documents. */
export function manifests(plan: Plan): string {
  const inputs = new Map(plan.resources.map((resource) => [resource.urn, resource.inputs]));
  const urns = plan.apps.flatMap(({ mounts, workload }) => [
    ...mounts.map(({ urn }) => urn),
    workload.urn,
  ]);
  return [...new Set(urns)]
    .filter((urn) => urn !== undefined)
    .map((urn) => `---\n${stringify(inputs.get(urn), YAML)}`)
    .join("");
}
