import { cpus } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { engineReport } from "./engine-report";
import { measureEngine } from "./engine-rounds";
import { inRounds } from "./in-rounds";
import { projectReport } from "./project-report";
import { measureProject } from "./project-rounds";
import { report } from "./report";
import { measurePlan } from "./rounds";
import { inFolder } from "./script";
import { prepareWorkspace } from "./workspace";

interface Options {
  readonly engine: boolean;
  readonly project: boolean;
  readonly apps?: readonly number[];
  readonly rounds: number;
}

const PLAN_SIZES = [1, 10, 50, 200];
const ENGINE_SIZES = [1, 10, 50];
const PROJECT_SIZES = [1, 50];

const command = new Command("bench")
  .description(
    "Measures the offline plan beside a bare program that declares the same apps as plain resources,\n" +
      "or the real Pulumi engine on a local cloud, and prints a Markdown table.",
  )
  .option("--engine", "measures preview, up and second up on the real engine", false)
  .option("--project", "measures preview through Pulumi.yaml, beside the inline program", false)
  .option(
    "--apps <list>",
    "how many apps, separated by commas " +
      `(default: ${PLAN_SIZES.join()}; engine: ${ENGINE_SIZES.join()}; project: ${PROJECT_SIZES.join()})`,
    countsOf,
  )
  .option("--rounds <number>", "how often everything is measured", countOf, 5)
  .allowExcessArguments(false);

async function main(): Promise<void> {
  const { engine, project, apps, rounds } = command.parse().opts<Options>();
  const table = project
    ? await bench(apps ?? PROJECT_SIZES, rounds, measureProject, projectReport)
    : engine
      ? await bench(apps ?? ENGINE_SIZES, rounds, measureEngine, engineReport)
      : await benchPlan(apps ?? PLAN_SIZES, rounds);
  const machine = `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "CPU"}`;
  process.stdout.write(`${machine}, medians of ${rounds} rounds\n\n${table}\n`);
}

async function bench<Round>(
  sizes: readonly number[],
  rounds: number,
  measureRound: (sizes: readonly number[]) => Promise<Round>,
  reportOf: (rounds: readonly Round[], sizes: readonly number[]) => string,
): Promise<string> {
  const warmUp = () => measureRound(sizes.slice(0, 1));
  return reportOf(await inRounds(rounds, say, warmUp, () => measureRound(sizes)), sizes);
}

const benchPlan = (apps: readonly number[], rounds: number): Promise<string> =>
  inFolder((folder) => {
    const workspace = prepareWorkspace(folder, apps);
    return bench(apps, rounds, (sizes) => measurePlan(workspace, sizes), report);
  });

const say = (message: string): void => void process.stderr.write(`${message}\n`);

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
