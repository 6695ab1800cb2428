import { Command, Option } from "commander";

export interface PlanOptions {
  readonly stack: string;
  readonly format: "text" | "json" | "html" | "sarif" | "github";
  readonly out?: string;
  readonly failOn: "error" | "warning";
  readonly manifests: boolean;
  readonly cwd: string;
}

const EXAMPLES = `
Examples:
  npm run plan                                             the dev stack, for people
  npm run plan -- --stack prod --manifests                 with its Kubernetes manifests
  npm run -s plan -- --format json | jq '.apps[].files'    for programs; -s keeps npm quiet
  npm run plan -- --format json --out plan.json            the same, into a file
  npm run plan -- --format html --out plan.html            one page to look at, in any browser
  npm run -s plan -- --format github --fail-on warning     findings as annotations of a workflow

Exit codes:
  0  the plan was made, and nothing in it is as grave as --fail-on
  1  the plan was made, and it has findings that are
  2  no plan: wrong usage, wrong configuration, or an error in the program

The report goes to standard output or to --out, everything else to standard error.
Colour is used on a terminal only, and not where NO_COLOR is set.`;

/**
 * The command line of the plan. Parsing throws commander's `CommanderError`, after it has written
 * the help or what is wrong.
 */
function planCommand(): Command {
  return new Command("plan")
    .description(
      "Shows what a stack would be, without an AWS account, network or Pulumi CLI:\n" +
        "runs this folder's program, unchanged, in a stand-in for AWS and Kubernetes.",
    )
    .usage("[options]")
    .option("-s, --stack <name>", "stack to plan: its settings are in Pulumi.NAME.yaml", "dev")
    .addOption(
      new Option("-f, --format <format>", "form of the report")
        .choices(["text", "json", "html", "sarif", "github"])
        .default("text"),
    )
    .option("-o, --out <file>", "write the report to a file instead of standard output")
    .addOption(
      new Option("--fail-on <severity>", "the mildest severity of a finding that fails")
        .choices(["error", "warning"])
        .default("error"),
    )
    .option("--manifests", "add SecretProviderClasses and workloads as YAML (text only)", false)
    .option("-C, --cwd <folder>", "run as if started in this folder", ".")
    .helpOption("-h, --help", "show this help")
    .allowExcessArguments(false)
    .addHelpText("after", EXAMPLES)
    .exitOverride();
}

/** The options of a command line. Throws `CommanderError`. */
export function parseOptions(argv: readonly string[]): PlanOptions {
  const command = planCommand();
  const options = command.parse(argv, { from: "user" }).opts<PlanOptions>();
  if (options.manifests && options.format !== "text") {
    command.error(
      `error: option '--manifests' adds to the text report; leave out '--format ${options.format}'`,
    );
  }
  return options;
}
