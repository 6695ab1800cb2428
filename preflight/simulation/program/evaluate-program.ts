import { evaluate, type Evaluation, type EvaluationOptions } from "../mocks/run";
import { entryPointOf } from "./entry-point";
import { loadProgram } from "./load-program";
import { readStackFile } from "./stack-file";

export interface EvaluatedProgram extends Evaluation {
  readonly project: string;
  readonly stack: string;
  /** What the stack's settings name and what only Pulumi Cloud could tell. */
  readonly unreadSettings: readonly string[];
}

/**
 * Runs the Pulumi program in `folder` for one of its stacks in the local cloud: the unchanged
 * program, in its own folder, with the stack's own settings file. Rejects with `StackFileError` where
 * the settings cannot be read, and with whatever the program fails with, unless `keepPart` is set.
 * Once per process: Node.js runs a module once.
 */
export async function evaluateProgram(
  folder: string,
  stack: string,
  options: Pick<EvaluationOptions, "unknown" | "keepPart"> = {},
): Promise<EvaluatedProgram> {
  const { project, main, config, secretKeys, environments } = readStackFile(folder, stack);
  const { file, directory, isModule } = entryPointOf(folder, main);
  const startedIn = process.cwd();
  process.chdir(directory);
  try {
    const evaluation = await evaluate(
      async () => {
        const exported = await loadProgram(file, isModule);
        return typeof exported === "function" ? (exported as () => unknown)() : exported;
      },
      { ...{ project, stack, config, secretKeys }, ...options },
    );
    return { ...evaluation, project, stack, unreadSettings: environments };
  } finally {
    process.chdir(startedIn);
  }
}
