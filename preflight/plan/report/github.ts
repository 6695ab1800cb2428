import type { Finding, Severity } from "../../doctor/findings";
import { locationOf } from "./location";
import { printable } from "./printable";

const COMMAND: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  note: "notice",
};

/**
 * Findings as commands to GitHub Actions, which shows them on a pull request, at the line that
 * declares the resource. `base` is the program's folder, as the files are to be named.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export const githubReport = (findings: readonly Finding[], base: string): string =>
  findings.map((finding) => `${annotation(finding, base)}\n`).join("");

function annotation(finding: Finding, base: string): string {
  const { id, severity, message, remedy } = finding;
  const { file, line, column } = locationOf(finding, base);
  const properties = { file, line, ...(column !== undefined && { col: column }), title: id };
  const listed = Object.entries(properties).map(
    ([name, value]) => `${name}=${property(String(value))}`,
  );
  const lines = [message, remedy].filter((part) => part !== undefined).map(printable);
  return `::${COMMAND[severity]} ${listed.join(",")}::${data(lines.join("\n"))}`;
}

const data = (text: string): string => text.replaceAll("%", "%25").replaceAll("\n", "%0A");

const property = (text: string): string =>
  data(printable(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
