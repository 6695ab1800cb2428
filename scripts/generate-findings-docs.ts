import { join } from "node:path";
import { diagnose, type Rule, RULES_BY_GROUP } from "../preflight/doctor";
import { evaluateProgram } from "../preflight/simulation/program/evaluate-program";
import type { Finding } from "../preflight/doctor/findings";
import { formatted, writeDocs } from "./write-docs";

/** Writes docs/findings.md from the rules; with `--check`, only says whether it is up to date. */

const ROOT = join(__dirname, "..");
const FILE = join(ROOT, "docs", "findings.md");

/** The program whose verdict the document shows. */
const EXAMPLE = join(ROOT, "examples", "hand-written");

const HEAD = `# Findings

<!-- Written by \`npm run docs:findings\` from the rules in preflight/doctor/rules; do not edit it. -->

What \`npm run plan\` and \`npm run doctor\` can find, by the link of the chain that it concerns. The
rules look at the resources that a program registers, so they hold for any Pulumi program in
TypeScript, whether it uses the components of this project or not:

\`\`\`sh
npm run doctor -- --program ../shop --stack prod     # text, json, sarif or github; --fail-on warning
\`\`\`

- An **error** will not work as declared. A **warning** works, and may surprise. A **note** is worth
  knowing.
- IAM policies are evaluated, not compared as text. Where a policy holds something that is not
  evaluated, or lies outside the program, the doctor says \`identity-undecided\` and never that all is
  well.
- Files, Secrets and refusals come from the model of the driver and its AWS provider
  ([delivery-model.md](delivery-model.md)).
- Some rules speak only to those who showed that they care. A database counts as **protected** when it
  has deletion protection or Pulumi's \`protect\`: then \`database-unprotected\` and
  \`final-snapshot-missing\` apply. A stack counts as **pinned** when one of its images is named by
  digest: then \`image-tag-mutable\` wants all of them so. With a protected database it only objects to
  \`latest\` and to no tag at all.
- Another program runs in a stand-in for AWS and Kubernetes, with its own packages, as at a preview.
  A resource type that the stand-in does not know gives back what it is given; what the cloud would
  add to it, and what a function answers that the stand-in does not know, is unknown. Of a text that
  is made of something unknown, such as a secret's JSON with the host of a proxy, the rest is known:
  its keys and types are checked. What cannot be told is said: \`secret-undecided\`,
  \`class-undecided\`, \`pod-undecided\`, \`identity-undecided\`, \`function-unanswered\`. So is a program
  that fetches something, or that fails: \`address-unread\`, \`program-ended-early\`.
- Manifests in YAML are objects of the program: \`ConfigFile\` and \`ConfigGroup\` of both versions,
  the resources of a kustomization, Helm's \`valueYamlFiles\`, and an add-on's configuration. What is not
  at hand offline, such as a chart or an address, is named: \`manifest-unread\`.
`;

const TITLES: Readonly<Record<keyof typeof RULES_BY_GROUP, string>> = {
  delivery: "Delivery",
  driver: "Driver",
  cluster: "Cluster",
  identity: "Identity",
  database: "Database",
  rotation: "Rotation",
  hygiene: "Hygiene",
  program: "Program",
};

/** The whole document. */
export async function findingsDocs(): Promise<string> {
  const groups = Object.entries(RULES_BY_GROUP).map(([group, rules]) =>
    section(TITLES[group as keyof typeof RULES_BY_GROUP], rules),
  );
  const document = [HEAD, ...groups, exampleSection(await exampleFindings())].join("\n");
  return formatted(document, FILE);
}

const section = (title: string, rules: readonly Rule[]): string =>
  [
    `## ${title}\n`,
    "| finding | severity | why | what to do |",
    "| --- | --- | --- | --- |",
    ...rules.map(({ id, severity, why, remedy, source }) =>
      row([`[\`${id}\`](${source})`, severity, why, remedy]),
    ),
    "",
  ].join("\n");

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replace(/[|<>*_{}]/g, "\\$&")).join(" | ")} |`;

let evaluated: ReturnType<typeof evaluateProgram> | undefined;

/** What the doctor finds in the example. A program acts when it is loaded, so it is run once. */
export async function exampleFindings(): Promise<readonly Finding[]> {
  evaluated ??= evaluateProgram(EXAMPLE, "dev", { unknown: "echo" });
  const { registrations, account } = await evaluated;
  return diagnose(registrations, account);
}

const exampleSection = (findings: readonly Finding[]): string =>
  [
    "## An example\n",
    "[examples/hand-written](../examples/hand-written/index.ts) is the chain as it is often written by",
    "hand: raw resources, the driver and the provider each by its own chart, IRSA, and a Secret that",
    "holds the bare password. `npm run doctor -- --program examples/hand-written` finds:\n",
    "| finding | severity | message |",
    "| --- | --- | --- |",
    ...findings.map(({ id, severity, message }) => row([`\`${id}\``, severity, message])),
    "",
  ].join("\n");

if (require.main === module) {
  void findingsDocs().then((docs) => writeDocs(FILE, docs, "docs:findings"));
}
