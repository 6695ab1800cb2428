import { relative } from "node:path";
import type * as doctor from "../doctor";
import { failing, type Finding } from "../doctor/findings";
import { githubReport } from "../plan/report/github";
import { sarifReport } from "../plan/report/sarif";
import { print, say } from "./console";
import { checkOutputFile, writeOutputFile } from "./output-file";

export const FORMATS = ["text", "json", "html", "sarif", "github"] as const;

/** Where and how a report is given, and what makes the command fail. */
export interface ReportOptions {
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
  readonly failOn: "error" | "warning";
}

/** Something has a finding as grave as `--fail-on`. */
const FINDINGS = 1;

/**
 * Checks where the report is to go, before any work is done for it. Returns what prints or writes it
 * and gives the exit code that the findings ask for. Throws `OutputFileError`.
 */
export function delivery({ out, failOn }: Pick<ReportOptions, "out" | "failOn">) {
  const file = out === undefined ? undefined : checkOutputFile(out);
  return (report: string, findings: readonly Finding[]): number => {
    if (file === undefined) print(report);
    else {
      writeOutputFile(file, report);
      say(`wrote ${out}`);
    }
    return failing(findings, failOn) ? FINDINGS : 0;
  };
}

/** The findings in a format for pull requests; files are named from the working directory. */
export function findingsReport(
  format: "sarif" | "github",
  findings: readonly Finding[],
  folder: string,
): string {
  const base = relative(process.cwd(), folder);
  if (format === "github") return githubReport(findings, base);
  // Loaded with the program; help and wrong usage do without.
  const { RULES } = require("../doctor") as typeof doctor;
  return sarifReport(findings, RULES, base);
}
