import type { Finding, Severity } from "../../../doctor/findings";

/** A finding with the place on the page that tells it, for links to it. */
export interface NumberedFinding extends Finding {
  readonly anchor: string;
}

export const numbered = (findings: readonly Finding[]): readonly NumberedFinding[] =>
  findings.map((finding, index) => ({ ...finding, anchor: `f${index + 1}` }));

/** Gravest first. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

export const SYMBOL: Readonly<Record<Severity, string>> = { error: "✖", warning: "▲", note: "●" };

/** The gravest of some findings; `undefined` of none. */
export const gravest = (findings: readonly Finding[]): Severity | undefined =>
  SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity));
