import { type Finding, SEVERITIES } from "../../doctor/findings";
import { type FindingGroup, groupedFindings } from "../../doctor/grouped-findings";
import { placesOf } from "./location";
import { counted, type Style } from "./style";
import { WIDTH, wrap, wrapIndented } from "./wrap";

/** The findings, gravest first, each with its remedy; those that repeat for each app are grouped. */
export function findingsSection(findings: readonly Finding[], style: Style): readonly string[] {
  const found = SEVERITIES.map((severity) => findings.filter((each) => each.severity === severity));
  const summary = found
    .map((each, index) => (each.length > 0 ? counted(each.length, SEVERITIES[index] ?? "") : ""))
    .filter(Boolean);
  const title = style.heading("Findings");
  if (summary.length === 0) return [`${title}  ${style.good("none")}`];
  return [
    `${title}  ${summary.join(", ")}`,
    ...groupedFindings(found.flat()).flatMap((group) => ["", ...groupLines(group, style)]),
  ];
}

function groupLines({ message, names, findings }: FindingGroup, style: Style): readonly string[] {
  const [{ id, severity, remedy }] = findings;
  const colour = { error: style.bad, warning: style.notable, note: style.quiet }[severity];
  const indent = " ".repeat(severity.length + 4);
  const [first = "", ...rest] = [
    ...withId(wrap(message, WIDTH - indent.length), id, WIDTH - indent.length, style),
    ...(names.length === 0
      ? []
      : wrap(`${names.length} times: ${names.join(", ")}`, WIDTH - indent.length)),
    ...wrap(placesOf(findings).join(", "), WIDTH - indent.length)
      .filter(Boolean)
      .map(style.quiet),
  ];
  return [
    `  ${colour(severity)}  ${first}`,
    ...rest.map((line) => `${indent}${line}`),
    ...(remedy === undefined ? [] : wrapIndented(remedy, "    ")),
  ];
}

/** The id stands behind the last line where there is room for it, else below. */
function withId(lines: readonly string[], id: string, width: number, style: Style): string[] {
  const last = lines.at(-1) ?? "";
  if (last.length + 2 + id.length > width) return [...lines, style.quiet(id)];
  return [...lines.slice(0, -1), `${last}  ${style.quiet(id)}`];
}
