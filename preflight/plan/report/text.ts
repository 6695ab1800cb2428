import type { Plan } from "../model";
import { appSection } from "./app";
import { findingsSection } from "./findings";
import { readersSection } from "./readers";
import { resourceTree } from "./resource-tree";
import { style as styleOf } from "./style";

export interface TextOptions {
  readonly colour: boolean;
}

/** The report for a person at a terminal. */
export function textReport(plan: Plan, { colour }: TextOptions): string {
  const style = styleOf(colour);
  const sections = [
    [
      `${style.heading(`Plan of stack ${plan.stack}`)}  project ${plan.project}`,
      style.quiet("Made offline: names, ids and ARNs that AWS would choose are stand-ins."),
    ],
    resourceTree(plan, style),
    ...plan.apps.map((app) => appSection(app, style)),
    readersSection(plan.readers, style),
    findingsSection(plan.findings, style),
  ].filter((lines) => lines.length > 0);
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
