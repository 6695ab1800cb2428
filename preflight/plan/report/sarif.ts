import { createHash } from "node:crypto";
import type { Rule } from "../../doctor";
import type { Finding } from "../../doctor/findings";

type RuleText = Pick<Rule, "id" | "severity" | "why" | "remedy" | "source">;

/**
 * Findings in the format of code scanning. They stand on the first line of `file`, because Pulumi does
 * not tell where a resource was declared; the resource itself is the logical location.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(
  findings: readonly Finding[],
  rules: readonly RuleText[],
  file: string,
): string {
  const driver = { name: "eks-db-secrets doctor", rules: rules.map(ruleDescriptor) };
  const positions = new Map(rules.map(({ id }, index) => [id, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver },
        results: findings.map((finding) => result(finding, positions.get(finding.id), file)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
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

function result(finding: Finding, ruleIndex: number | undefined, file: string): object {
  const { id, severity, message, remedy, urn } = finding;
  return {
    ruleId: id,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: severity,
    message: { text: remedy === undefined ? message : `${message}\n\n${remedy}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: 1 } },
        ...(urn !== undefined && {
          logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }],
        }),
      },
    ],
    // All stand on one line: this is what tells them apart from one run to the next.
    partialFingerprints: { "finding/v1": fingerprint([id, urn ?? "", message].join("\n")) },
  };
}

const fingerprint = (text: string): string => createHash("sha256").update(text).digest("hex");
