import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { evaluate, type Evaluation, type EvaluationOptions } from "../mocks/run";
import { readStackFile } from "./stack-file";

export interface EvaluatedProgram extends Evaluation {
  readonly project: string;
  readonly stack: string;
}

/**
 * Runs the Pulumi program in `folder` for one of its stacks in the local cloud: the unchanged
 * program, the stack's own settings file. Rejects with `StackFileError` where the settings cannot be
 * read, and with whatever the program fails with. Once per process: Node.js runs a module once.
 */
export async function evaluateProgram(
  folder: string,
  stack: string,
  options: Pick<EvaluationOptions, "unknown"> = {},
): Promise<EvaluatedProgram> {
  const { project, main, config, secretKeys } = readStackFile(folder, stack);
  const evaluation = await evaluate(() => run(folder, main), {
    ...{ project, stack, config, secretKeys },
    ...options,
  });
  return { ...evaluation, project, stack };
}

/** As `pulumi up` runs a program: its exports are the outputs, an exported function is called. */
function run(folder: string, main = "."): unknown {
  const load = createRequire(join(resolve(folder), "package.json"));
  const exported = load(resolve(folder, main)) as unknown;
  return typeof exported === "function" ? (exported as () => unknown)() : exported;
}
