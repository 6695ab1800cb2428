import { createHash } from "node:crypto";
import type { Rule } from "../../doctor";
import type { Finding } from "../../doctor/findings";
import { jsonText } from "./json";
import { locationOf } from "./location";
import { printable } from "./printable";

type RuleText = Pick<Rule, "id" | "severity" | "why" | "remedy" | "source">;

/**
 * Findings in the format of code scanning, at the line that declares the resource; the resource itself
 * is the logical location. `base` is the program's folder, as the files are to be named.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(
  findings: readonly Finding[],
  rules: readonly RuleText[],
  base: string,
): string {
  const driver = { name: "eks-db-secrets doctor", rules: rules.map(ruleDescriptor) };
  const positions = new Map(rules.map(({ id }, index) => [id, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver },
        results: findings.map((finding) => result(finding, positions.get(finding.id), base)),
      },
    ],
  };
  return jsonText(log);
}

const ruleDescriptor = ({ id, severity, why, remedy, source }: RuleText): object => ({
  id,
  shortDescription: { text: firstClause(why) },
  fullDescription: { text: why },
  help: { text: remedy },
  helpUri: source,
  defaultConfiguration: { level: severity },
});

const firstClause = (text: string): string => `${/^.+?(?=[.:;](?: |$))/.exec(text)?.[0] ?? text}.`;

function result(finding: Finding, ruleIndex: number | undefined, base: string): object {
  const { id, severity, message, remedy, urn } = finding;
  const { file, line, column } = locationOf(finding, base);
  const region = { startLine: line, ...(column !== undefined && { startColumn: column }) };
  const lines = [message, remedy].filter((part) => part !== undefined).map(printable);
  return {
    ruleId: id,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: severity,
    message: { text: lines.join("\n\n") },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(printable(file)) }, region },
        ...(urn !== undefined && {
          logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }],
        }),
      },
    ],
    // Lines move, and several can be at one: this tells them apart from one run to the next.
    partialFingerprints: { "finding/v1": fingerprint([id, urn ?? "", message].join("\n")) },
  };
}

const fingerprint = (text: string): string => createHash("sha256").update(text).digest("hex");
