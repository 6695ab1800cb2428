import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { parse } from "yaml";
import { listStacks } from "../mocks/stack-file";
import type { ProjectFile, StackFile } from "./engine";

/** This repository: the program, and the settings of its stacks. */
export const PROJECT = path.resolve(__dirname, "../..");

/** A mistake of the person at the keyboard: its message is all they need. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const readProjectFile = (): ProjectFile => readYaml("Pulumi.yaml") as ProjectFile;

/** The settings file of a stack. Throws `UsageError` where there is none. */
export function readSettings(stack: string): StackFile {
  const stacks = listStacks(PROJECT);
  if (!stacks.includes(stack)) {
    throw new UsageError(`no stack '${stack}'; there are: ${stacks.join(", ")}`);
  }
  return readYaml(`Pulumi.${stack}.yaml`) as StackFile;
}

/**
 * Runs `index.ts` anew: the engine runs a program once for each preview and each update. What it
 * imports only declares functions and classes, and stays loaded.
 */
export function runProgram(): Record<string, unknown> {
  const load = createRequire(path.join(PROJECT, "package.json"));
  delete load.cache[load.resolve(PROJECT)];
  return load(PROJECT) as Record<string, unknown>;
}

const readYaml = (file: string): unknown =>
  parse(fs.readFileSync(path.join(PROJECT, file), "utf8"));
