import { cpus } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { report } from "./report";
import { measureRounds } from "./rounds";
import { prepareWorkspace } from "./workspace";

interface Options {
  readonly apps: readonly number[];
  readonly rounds: number;
}

const command = new Command("bench")
  .description(
    "Measures the offline plan beside a bare program that declares the same apps as plain resources,\n" +
      "and prints a Markdown table.",
  )
  .option("--apps <list>", "how many apps, separated by commas", countsOf, [1, 10, 50, 200])
  .option("--rounds <number>", "how often everything is measured", countOf, 5)
  .allowExcessArguments(false);

async function main(): Promise<void> {
  const { apps, rounds } = command.parse().opts<Options>();
  const workspace = prepareWorkspace(apps);
  try {
    const measured = await measureRounds(workspace, apps, rounds, (message) =>
      process.stderr.write(`${message}\n`),
    );
    const machine = `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "CPU"}`;
    process.stdout.write(`${machine}, medians of ${rounds} rounds\n\n`);
    process.stdout.write(`${report(measured, apps)}\n`);
  } finally {
    workspace.remove();
  }
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw new InvalidArgumentError("It must be a whole number from 1.");
  }
  return count;
}

function countsOf(text: string): readonly number[] {
  return text.split(",").map(countOf);
}

main().catch((error: unknown) => {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
