import { join, relative, sep } from "node:path";
import { Command, Option } from "commander";
import type { DoctorOptions } from "./doctor";
import type { PlanOptions } from "./plan";
import { FORMATS } from "./report";
import { printableLines } from "../plan/report/printable";
import { table } from "../plan/report/table";

const { HOME } = require("../../launch/home.cjs") as { readonly HOME: string };

/** What the doctor can find; the package brings a copy. */
const FINDINGS = join(HOME, "docs/findings.md");

/** What each sub-command does with its options; an error rejects. */
export interface Actions {
  readonly plan: (options: PlanOptions) => Promise<void>;
  readonly doctor: (options: DoctorOptions) => Promise<void>;
  readonly deliveryCheck: (file: string) => void;
}

/**
 * The command line. Parsing runs the action of the sub-command, or throws commander's
 * `CommanderError` after it has written the help or what is wrong.
 */
export function commandLine(actions: Actions): Command {
  const program = new Command(typedProgram())
    .description("What can be known of a stack before it is deployed.")
    .helpOption("-h, --help", "show this help")
    .helpCommand(false);
  // Sub-commands take these over from their parent.
  program
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(printableLines(text)) });
  planCommand(program).action(async (options: PlanOptions, command: Command) => {
    if (options.manifests && options.format !== "text") {
      command.error(
        `error: option '--manifests' adds to the text report; leave out '--format ${options.format}'`,
      );
    }
    await actions.plan(options);
  });
  doctorCommand(program).action(async (options: DoctorOptions, command: Command) => {
    if (options.format === "html" && options.state === undefined) {
      command.error("error: option '--format html' shows states; name them with '--state'");
    }
    await actions.doctor(options);
  });
  subCommand(program, "delivery-check", "compare recorded mounts with the delivery model")
    .argument("<file>")
    .action((file: string) => actions.deliveryCheck(file));
  return program;
}

function planCommand(program: Command): Command {
  const command = subCommand(program, "plan", "show what a stack would be")
    .description(
      "Shows what a stack would be, without an AWS account, network or Pulumi CLI:\n" +
        "runs this folder's program, unchanged, in a stand-in for AWS and Kubernetes.",
    )
    .option("-s, --stack <name>", "stack to plan: its settings are in Pulumi.NAME.yaml", "dev")
    .addOption(formatOption())
    .option("-o, --out <file>", "write the report to a file instead of standard output")
    .addOption(failOnOption())
    .option("--manifests", "add SecretProviderClasses and workloads as YAML (text only)", false)
    .addOption(
      new Option(
        "--iam",
        "instead of the plan, the least rights on AWS of who deploys and who previews it, as IAM policies",
      )
        .default(false)
        .conflicts(["format", "manifests", "failOn"]),
    )
    .option("-C, --cwd <folder>", "run as if started in this folder", ".");
  const { plain, quiet } = typed("plan");
  return command.addHelpText(
    "after",
    `
Examples:
${examples([
  [plain(), "the dev stack, for people"],
  [plain("--stack prod --manifests"), "with its Kubernetes manifests"],
  [
    `${quiet("--format json")} | jq '.apps[].files'`,
    `for programs${isScript("plan") ? "; -s keeps npm quiet" : ""}`,
  ],
  [plain("--format json --out plan.json"), "the same, into a file"],
  [plain("--format html --out plan.html"), "one page to look at, in any browser"],
  [quiet("--format github --fail-on warning"), "findings as annotations of a workflow"],
  [`${quiet("--iam")} | jq '.deploy[0]'`, "the first policy of the role that deploys"],
])}

Exit codes:
  0  the plan was made, and nothing in it is as grave as --fail-on
  1  the plan was made, and it has findings that are; with --iam, resources whose rights are not known
  2  no plan: wrong usage, wrong configuration, or an error in the program

The report goes to standard output or to --out, everything else to standard error.
Colour is used on a terminal only, and not where NO_COLOR is set.`,
  );
}

function doctorCommand(program: Command): Command {
  const command = subCommand(program, "doctor", "find what is wrong with any program")
    .description(
      "Finds what is wrong with the way of a database password to its pods in any Pulumi program in " +
        "TypeScript, without an AWS account, network or Pulumi CLI.",
    )
    .option("-p, --program <folder>", "folder of the program; its own packages are used", ".")
    .option("-s, --stack <name>", "stack to look at; needed where there are several but no dev")
    .addOption(
      new Option(
        "--state <file...>",
        "judge what stands instead of a program: exported states, - for standard input",
      ).conflicts(["program", "stack"]),
    )
    .addOption(formatOption())
    .option("-o, --out <file>", "write the report to a file instead of standard output")
    .addOption(failOnOption());
  const { plain, quiet } = typed("doctor");
  return command.addHelpText(
    "after",
    `
Examples:
${examples([
  [plain(), "this project"],
  [plain("--program ../shop --stack prod"), "another one"],
  [quiet("--format sarif --out doctor.sarif"), "for code scanning"],
  [plain("--state a.json b.json"), "stacks that stand, by pulumi stack export"],
  [plain("--state *.json --format html --out stacks.html"), "the same, one page of all"],
  [quiet("--format github --fail-on warning"), "annotations of a workflow"],
])}

Exit codes:
  0  nothing as grave as --fail-on was found
  1  something was
  2  no diagnosis: wrong usage, wrong configuration, or an error in the program

${relative(process.cwd(), FINDINGS)} lists what can be found.`,
  );
}

const subCommand = (program: Command, name: string, summary: string): Command =>
  program
    .command(name)
    .summary(summary)
    .configureHelp({ commandUsage: (command) => typed(name).plain(command.usage()) })
    .helpOption("-h, --help", "show this help")
    .allowExcessArguments(false);

const formatOption = (): Option =>
  new Option("-f, --format <format>", "form of the report").choices(FORMATS).default("text");

const failOnOption = (): Option =>
  new Option("--fail-on <severity>", "the mildest severity of a finding that fails")
    .choices(["error", "warning"])
    .default("error");

const examples = (rows: readonly (readonly string[])[]): string =>
  table(rows, { indent: "  ", width: Infinity }).join("\n");

/** Whether npm runs the script of a sub-command. */
const isScript = (name: string): boolean => process.env.npm_lifecycle_event === name;

/** A sub-command as it was typed; `quiet` where nothing but the report may reach standard output. */
function typed(name: string) {
  const line = (start: string) => (options?: string) =>
    options === undefined ? start : `${start}${isScript(name) ? " --" : ""} ${options}`;
  const [start, silent] = isScript(name)
    ? [`npm run ${name}`, `npm run -s ${name}`]
    : [`${typedProgram()} ${name}`, `${typedProgram()} ${name}`];
  return { plain: line(start), quiet: line(silent) };
}

/**
 * `npx NAME` for an installed command: npm starts its link, pnpm and Windows the file that is meant.
 * Of a clone, the file that Node.js was given.
 */
function typedProgram(): string {
  const file = process.argv[1] ?? "";
  const isInstalled = file.includes(`${sep}node_modules${sep}`);
  return isInstalled ? "npx eks-db-secrets-preflight" : `node ${relative(process.cwd(), file)}`;
}
