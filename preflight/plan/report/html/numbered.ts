import { type Finding, SEVERITIES, type Severity } from "../../../doctor/findings";
import { type FindingGroup, groupedFindings } from "../../../doctor/grouped-findings";

/** A finding with the place on the page that tells it, for links to it. */
export interface NumberedFinding extends Finding {
  readonly anchor: string;
}

/** What is told in one place: a finding, or several that say the same of different things. */
export interface NumberedGroup extends FindingGroup {
  readonly anchor: string;
  readonly severity: Severity;
}

export const SYMBOL: Readonly<Record<Severity, string>> = { error: "✖", warning: "▲", note: "●" };

/** The groups as the page tells them: by severity, then by rule. */
export function numberedGroups(findings: readonly Finding[]): readonly NumberedGroup[] {
  const bySeverity = SEVERITIES.map((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
  return groupedFindings(bySeverity.flat()).map((group, index) => ({
    ...group,
    anchor: `f${index + 1}`,
    severity: group.findings[0].severity,
  }));
}

export const numberedFindings = (groups: readonly NumberedGroup[]): readonly NumberedFinding[] =>
  groups.flatMap(({ findings, anchor }) => findings.map((finding) => ({ ...finding, anchor })));

/** The gravest of some findings; `undefined` of none. */
export const gravest = (findings: readonly Finding[]): Severity | undefined =>
  SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity));
