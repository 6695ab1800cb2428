import { Command, Option } from "commander";

export interface DoctorOptions {
  readonly program: string;
  readonly stack?: string;
  readonly format: "text" | "json" | "sarif" | "github";
  readonly out?: string;
  readonly failOn: "error" | "warning";
}

const EXAMPLES = `
Examples:
  npm run doctor                                           this project
  npm run doctor -- --program ../shop --stack prod         another one
  npm run -s doctor -- --format sarif --out doctor.sarif   for code scanning
  npm run -s doctor -- --format github --fail-on warning   annotations of a workflow

Exit codes:
  0  nothing as grave as --fail-on was found
  1  something was
  2  no diagnosis: wrong usage, wrong configuration, or an error in the program

docs/findings.md lists what can be found.`;

/** The options of a command line. Throws commander's `CommanderError`, after it has said why. */
export const parseOptions = (argv: readonly string[]): DoctorOptions =>
  new Command("doctor")
    .description(
      "Finds what is wrong with the way of a database password to its pods in any Pulumi program in\n" +
        "TypeScript, without an AWS account, network or Pulumi CLI.",
    )
    .usage("[options]")
    .option(
      "-p, --program <folder>",
      "folder of the program; its own packages are used",
      ".",
    )
    .option("-s, --stack <name>", "stack to look at; needed where there are several but no dev")
    .addOption(
      new Option("-f, --format <format>", "form of the report")
        .choices(["text", "json", "sarif", "github"])
        .default("text"),
    )
    .option("-o, --out <file>", "write the report to a file instead of standard output")
    .addOption(
      new Option("--fail-on <severity>", "the mildest severity that fails")
        .choices(["error", "warning"])
        .default("error"),
    )
    .helpOption("-h, --help", "show this help")
    .allowExcessArguments(false)
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .parse(argv, { from: "user" })
    .opts<DoctorOptions>();
