import { Document, isScalar, Scalar, visit } from "yaml";
import type { Plan } from "../model";
import { printableLines } from "./printable";

// Nothing is written as a reference to an earlier part.
const CREATE = { aliasDuplicateObjects: false };
// Long lines stay whole.
const PRINT = { lineWidth: 0 };

/** Each SecretProviderClass and each workload that mounts one, as YAML documents. */
export function manifests(plan: Plan): string {
  const inputs = new Map(plan.resources.map((resource) => [resource.urn, resource.inputs]));
  const urns = plan.apps.flatMap(({ mounts, workload }) => [
    ...mounts.map(({ urn }) => urn),
    workload.urn,
  ]);
  return [...new Set(urns)]
    .filter((urn) => urn !== undefined)
    .map((urn) => `---\n${yamlText(inputs.get(urn))}`)
    .join("");
}

/**
 * What is not safe to print is quoted, where YAML knows the same escapes as JSON. So is a text of blanks
 * and line breaks alone, of which the library's block scalars lose blanks.
 */
function yamlText(value: unknown): string {
  const document = new Document(value, CREATE);
  visit(document, (_key, node) => {
    if (!isScalar(node) || typeof node.value !== "string") return;
    const isBlank = node.value.trim() === "";
    if (isBlank || printableLines(node.value) !== node.value) node.type = Scalar.QUOTE_DOUBLE;
  });
  return printableLines(document.toString(PRINT));
}
