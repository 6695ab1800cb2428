import type { Finding, Severity } from "../../doctor/findings";

const COMMAND: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  note: "notice",
};

/**
 * Findings as commands to GitHub Actions, which shows them on a pull request. They stand on the first
 * line of `file`, because Pulumi does not tell where a resource was declared.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export const githubReport = (findings: readonly Finding[], file: string): string =>
  findings.map((finding) => `${annotation(finding, file)}\n`).join("");

function annotation({ id, severity, message, remedy }: Finding, file: string): string {
  const properties = { file, line: "1", title: id };
  const listed = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  const text = [message, remedy].filter((part) => part !== undefined).join("\n");
  return `::${COMMAND[severity]} ${listed.join(",")}::${data(text)}`;
}

const data = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
