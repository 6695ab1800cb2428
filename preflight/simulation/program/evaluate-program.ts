import { evaluate, type Evaluation, type EvaluationOptions } from "../mocks/run";
import { entryPointOf } from "./entry-point";
import { loadProgram } from "./load-program";
import { readStackFile, type StackFile } from "./stack-file";

export interface EvaluatedProgram extends Evaluation {
  readonly project: string;
  readonly stack: string;
  /** Environments of Pulumi ESC that the stack takes values from, unread. */
  readonly environments: readonly string[];
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
      { ...{ project, stack, config, secretKeys, region: regionOf(config) }, ...options },
    );
    return { ...evaluation, project, stack, environments };
  } finally {
    process.chdir(startedIn);
  }
}

/**
 * As the AWS provider takes it: the stack's configuration wins over the environment.
 *
 * @see https://www.pulumi.com/registry/packages/aws/installation-configuration/
 */
function regionOf(config: StackFile["config"]): string | undefined {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return [config["aws:region"], AWS_REGION, AWS_DEFAULT_REGION].find(Boolean);
}
