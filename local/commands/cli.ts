import { Command, InvalidArgumentError } from "commander";
import { NoCli } from "../engine/cli";
import { down } from "./down";
import { logs } from "./logs";
import { preview } from "./preview";
import { psql } from "./psql";
import { UsageError } from "../engine/project";
import { status } from "./status";
import { up } from "./up";

const FAILED = 1;
const WRONG_USAGE = 2;
const INTERRUPTED = 130;
const LOG_LINES = 50;

const program = new Command("local")
  .description("The whole stack on this machine: the real Pulumi engine, a local cloud, PostgreSQL")
  .showHelpAfterError()
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG_USAGE));

const command = (name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .option("-s, --stack <name>", "the stack: its settings are in Pulumi.NAME.yaml", "local");

interface StackOption {
  readonly stack: string;
}

command("up", "makes the stack, or brings it up to date").action(({ stack }: StackOption) =>
  up(stack),
);
command("preview", "shows what up would do").action(({ stack }: StackOption) => preview(stack));
command("down", "destroys the stack and leaves nothing of it")
  .option("--force", "without asking the engine: ends the processes, removes the folders", false)
  .action(({ stack, force }: StackOption & { readonly force: boolean }) => down(stack, force));
command("status", "shows the apps and whether they can connect").action(({ stack }: StackOption) =>
  status(stack),
);
command("psql", "opens an app's database with its pod's credentials")
  .argument("<app>", "the app's name")
  .option("-c, --command <sql>", "runs this statement; needs no psql")
  .action((app: string, { stack, command: sql }: StackOption & { command?: string }) =>
    psql(stack, app, sql),
  );
command("logs", "shows the log of an app's database")
  .argument("<app>", "the app's name")
  .option("-n, --lines <count>", "how many lines, from the end", count, LOG_LINES)
  .action((app: string, { stack, lines }: StackOption & { lines: number }) =>
    logs(stack, app, lines),
  );

function count(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("a whole number.");
  return number;
}

let interrupted = false;
// The CLI gets the same signal and ends in good order; this process must outlive it.
process.on("SIGINT", () => {
  interrupted = true;
});

program.parseAsync().catch((error: unknown) => {
  if (interrupted) {
    process.stderr.write("Interrupted; the next command goes on from here.\n");
    process.exitCode = INTERRUPTED;
    return;
  }
  const expected = error instanceof UsageError || error instanceof NoCli;
  // The display has already shown what failed in the stack.
  const shown = error instanceof Error && error.name === "CommandError";
  if (!shown) process.stderr.write(`error: ${messageOf(error, expected)}\n`);
  process.exitCode = expected ? WRONG_USAGE : FAILED;
});

const messageOf = (error: unknown, expected: boolean): string => {
  if (!(error instanceof Error)) return String(error);
  return expected ? error.message : (error.stack ?? error.message);
};
