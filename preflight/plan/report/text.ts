import { SEVERITIES } from "../../doctor/findings";
import type { Diagnosis, Plan, StateDiagnosis } from "../model";
import { appSection } from "./app";
import { findingsSection } from "./findings";
import { printableStrings } from "./printable";
import { readersSection } from "./readers";
import { resourceTree } from "./resource-tree";
import { counted, type Style, style as styleOf } from "./style";
import { table } from "./table";
import { WIDTH, wrap } from "./wrap";

export interface TextOptions {
  readonly colour: boolean;
}

/** The plan for a person at a terminal. */
export function textReport(plan: Plan, { colour }: TextOptions): string {
  const style = styleOf(colour);
  // Inputs are not shown.
  const resources = plan.resources.map((resource) => ({ ...resource, inputs: {} }));
  const shown = printableStrings({ ...plan, resources });
  const stand = "Made offline: names, ids and ARNs that AWS would choose are stand-ins.";
  return sections([
    [...title("Plan", shown, style), ...wrap(stand, WIDTH).map(style.quiet)],
    resourceTree(shown, style),
    ...shown.apps.map((app) => appSection(app, style)),
    readersSection(shown.readers, style),
    findingsSection(shown.findings, style),
  ]);
}

/** What the doctor says, for a person at a terminal. */
export function diagnosisReport(diagnosis: Diagnosis, { colour }: TextOptions): string {
  const style = styleOf(colour);
  const shown = printableStrings(diagnosis);
  return sections([
    partial(shown.endedBy),
    title("Diagnosis", shown, style),
    readersSection(shown.readers, style),
    findingsSection(shown.findings, style),
  ]);
}

/** What the doctor says of stacks that stand: one after the other, and of several how they compare. */
export function diagnosesReport(
  stacks: readonly StateDiagnosis[],
  { colour }: TextOptions,
): string {
  const style = styleOf(colour);
  const shown = printableStrings(stacks);
  const counts = shown.map(({ project, stack, findings }) => [
    `  ${project}/${stack}`,
    ...SEVERITIES.map((severity) =>
      counted(findings.filter((finding) => finding.severity === severity).length, severity),
    ),
  ]);
  const known =
    "By their states: what is encrypted in them is unknown, and so is what rests on it.";
  return sections([
    wrap(known, WIDTH).map(style.quiet),
    ...shown.flatMap((each) => [
      [...title("Diagnosis", each, style), style.quiet(`state ${each.state}`)],
      readersSection(each.readers, style),
      findingsSection(each.findings, style),
    ]),
    ...(shown.length > 1 ? [[style.heading("Stacks"), ...table(counts, { indent: "" })]] : []),
  ]);
}

/** Nothing below it may be taken for the whole. */
const partial = (endedBy: string | undefined): readonly string[] =>
  endedBy === undefined
    ? []
    : wrap(`PARTIAL: only what the program declared before it ended is judged. ${endedBy}`, WIDTH);

const title = (what: string, { project, stack }: Diagnosis, style: Style): readonly string[] => [
  `${style.heading(`${what} of stack ${stack}`)}  project ${project}`,
];

const sections = (all: readonly (readonly string[])[]): string =>
  `${all
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
