import { createRequire } from "node:module";
import * as path from "node:path";
import { listStacks, readMap, readStackFile } from "../../preflight/simulation/program/stack-file";
import type { ProjectFile, StackSettings } from "./engine";
import { UsageError } from "./errors";

/** This repository: the program, and the settings of its stacks. */
export const PROJECT = path.resolve(__dirname, "../..");

export const readProjectFile = (): ProjectFile => readMap(PROJECT, "Pulumi.yaml") as ProjectFile;

/**
 * The configuration of a stack. The rest of its settings file concerns the stack's own backend: secrets
 * provider, salt. Throws `UsageError` or `StackFileError` where the configuration cannot be used.
 */
export function readSettings(stack: string): StackSettings {
  const stacks = listStacks(PROJECT);
  if (!stacks.includes(stack)) {
    throw new UsageError(`no stack '${stack}'; there are: ${stacks.join(", ")}`);
  }
  const { secretKeys } = readStackFile(PROJECT, stack);
  if (secretKeys.length > 0) {
    throw new UsageError(
      `Pulumi.${stack}.yaml holds encrypted values, which only its own backend can decrypt: ` +
        `${secretKeys.join(", ")}; choose a stack without any`,
    );
  }
  const { config } = readMap(PROJECT, `Pulumi.${stack}.yaml`) as StackSettings;
  return config === undefined ? {} : { config };
}

/**
 * Evaluates `index.ts` again: the engine runs a program once for each preview and each update. The
 * modules that it imports only declare functions and classes, and stay loaded.
 */
export function runProgram(): Record<string, unknown> {
  const load = createRequire(path.join(PROJECT, "package.json"));
  // With a dot: the folder's own name would find a file beside it first, `NAME.json`.
  const program = load.resolve(".");
  delete load.cache[program];
  return load(program) as Record<string, unknown>;
}
