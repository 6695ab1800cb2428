import { Command, InvalidArgumentError, Option } from "commander";
import { cacheFolder } from "../engine/cli-cache";
import { Interrupted } from "../engine/errors";
import { stripUserEnvironment } from "../engine/user-environment";
import { STEPS } from "../functions/rotate";
import { ShownFailure } from "./display";
import { drill, type DrillSettings } from "./drill";
import { down } from "./down";
import { FAILED, failureReport, WRONG_USAGE } from "./failure";
import { interruptedCode, listenForSignals } from "./interruption";
import { logs } from "./logs";
import { preview } from "./preview";
import { psql } from "./psql";
import { rotate } from "./rotate";
import { status } from "./status";
import { up } from "./up";

const LOG_LINES = 50;

/** What Pulumi allows in a name. Anything else could lead to another folder. */
const STACK_NAME = /^[A-Za-z0-9][\w.-]*$/;

const program = new Command("local")
  .description("The whole stack on this machine: the real Pulumi engine, a local cloud, PostgreSQL")
  .configureHelp({
    commandUsage: (one) =>
      one.parent === null
        ? "npm run local:COMMAND -- [options]"
        : `npm run local:${one.name()} -- ${one.usage()}`,
  })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG_USAGE));

const command = (name: string, description: string, byDefault = "local"): Command =>
  program
    .command(name)
    .description(description)
    .showHelpAfterError(`(npm run local:${name} -- --help)`)
    .option(
      "-s, --stack <name>",
      "the stack: its settings are in Pulumi.NAME.yaml",
      stack,
      byDefault,
    );

interface StackOption {
  readonly stack: string;
}

command("up", "creates or updates the stack").action(({ stack }: StackOption) => up(stack));
command("preview", "shows what up would do").action(({ stack }: StackOption) => preview(stack));
command("down", "destroys the stack and removes all its files")
  .option("--force", "without the engine: ends the processes, removes the files", false)
  .action(({ stack, force }: StackOption & { readonly force: boolean }) => down(stack, force));
command("status", "shows the databases, the apps and whether they can connect").action(
  ({ stack }: StackOption) => status(stack),
);
command("psql", "opens an app's database with its pod's credentials")
  .argument("[app]", "the app's name; needed where the stack has several")
  .option("-c, --command <sql>", "runs this statement; needs no psql")
  .action((app: string | undefined, { stack, command: sql }: StackOption & { command?: string }) =>
    psql(stack, app, sql),
  );
/** The stack of the project whose credentials rotate. */
const ROTATING = "local-rotation";

command("rotate", "rotates an app's credentials once, and shows what its pod sees of it", ROTATING)
  .argument("[app]", "the app's name; without it the first whose credentials rotate")
  .option("--now", "refreshes the pod's files at once, without waiting for the driver", false)
  .action((app: string | undefined, { stack, now }: StackOption & { now: boolean }) =>
    rotate(stack, app, { now }),
  );
command("drill", "opens connections all the time while an app's credentials rotate", ROTATING)
  .argument("[app]", "the app's name; without it the first whose credentials rotate")
  .option("--rotations <count>", "how many rotations", count, 10)
  .option("--connections <count>", "how many new connections per second", count, 20)
  .option("--lag <seconds>", "how long the pod's files are behind", seconds, 1)
  .addOption(
    new Option("--kill <step>", "kills the function in this step of each rotation").choices([
      ...STEPS,
      "random",
    ]),
  )
  .option("--single-user", "gives the one user a new password: the drill must fail", false)
  .action((app: string | undefined, { stack, ...settings }: StackOption & DrillSettings) =>
    drill(stack, app, settings),
  );
command("logs", "shows the events of an app's pods, and the log of its database")
  .argument("[app]", "the app's name; needed where the stack has several")
  .option("-n, --lines <count>", "how many lines, from the end", count, LOG_LINES)
  .action((app: string | undefined, { stack, lines }: StackOption & { lines: number }) =>
    logs(stack, app, lines),
  );

function stack(value: string): string {
  if (!STACK_NAME.test(value))
    throw new InvalidArgumentError("a name consists of letters, digits and . _ -");
  return value;
}

function count(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError("it must be a whole number of 1 or more.");
  return number;
}

function seconds(value: string): number {
  const number = Number(value);
  if (!(number >= 0.1 && number <= 600))
    throw new InvalidArgumentError("it must be a number of seconds from 0.1 to 600.");
  return number;
}

listenForSignals();
stripUserEnvironment(process.env);
// Before a stack is open the CLI is asked for its version; it must not log to the user's own folder.
process.env.PULUMI_HOME = cacheFolder(process.env);

program.parseAsync().catch((error: unknown) => {
  if (error instanceof Interrupted) {
    process.stderr.write("Interrupted; the next command continues from here.\n");
    process.exitCode = interruptedCode();
    return;
  }
  process.exitCode = FAILED;
  if (error instanceof ShownFailure) return;
  const { text, exitCode } = failureReport(error);
  process.stderr.write(`error: ${text}\n`);
  process.exitCode = exitCode;
});
