import type { Finding, Severity } from "../../doctor/findings";
import { counted, type Style } from "./style";

const ORDER: readonly Severity[] = ["error", "warning", "note"];

/** The findings, gravest first, each with its remedy. */
export function findingsSection(findings: readonly Finding[], style: Style): readonly string[] {
  const found = ORDER.map((severity) => findings.filter((each) => each.severity === severity));
  const summary = found
    .map((each, index) => (each.length > 0 ? counted(each.length, ORDER[index] ?? "") : ""))
    .filter(Boolean);
  const title = style.heading("Findings");
  if (summary.length === 0) return [`${title}  ${style.good("none")}`];
  return [
    `${title}  ${summary.join(", ")}`,
    ...found.flat().flatMap((finding) => ["", ...findingLines(finding, style)]),
  ];
}

function findingLines({ id, severity, message, remedy }: Finding, style: Style): readonly string[] {
  const colour = { error: style.bad, warning: style.notable, note: style.quiet }[severity];
  return [
    `  ${colour(severity)}  ${message}  ${style.quiet(id)}`,
    ...(remedy === undefined ? [] : [`    ${remedy}`]),
  ];
}
