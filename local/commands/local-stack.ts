import * as fs from "node:fs";
import * as path from "node:path";
import { commandLine } from "../engine/command-line";
import { Failure } from "../engine/errors";
import { LOCK, removeIfEmpty } from "../engine/lock";
import type { Machine } from "../engine/machine";
import { PROJECT, readProjectFile } from "../engine/project";
import { readStackState, stateFile, stateProblem } from "../engine/state";
import { CloudStore } from "../server/store";

const ROOT = path.join(PROJECT, ".local");

/** Where everything of a local stack is kept. */
export const stackFolder = (stack: string): string => path.join(ROOT, stack);

/** What exists of a local stack, without the engine. */
export interface LocalStack {
  readonly folder: string;
  readonly machine: Machine;
  readonly store: CloudStore;
}

/** Whether there is anything of a local stack. Throws `Failure` where it cannot be a stack. */
export function exists(stack: string): boolean {
  for (const folder of [ROOT, stackFolder(stack)]) {
    const found = fs.statSync(folder, { throwIfNoEntry: false });
    if (found === undefined) return false;
    if (!found.isDirectory()) {
      throw new Failure(`${folder} is no folder; move it away: local stacks are kept there`);
    }
  }
  return true;
}

/** Opens what exists in the local cloud of a stack. Throws `Failure` where its files cannot be read. */
export function openStore(stack: string): CloudStore {
  const folder = stackFolder(stack);
  try {
    const { name: project } = readProjectFile();
    const state = stateFile(folder, project, stack);
    const damage = stateProblem(state);
    if (damage !== undefined) throw new Error(damage);
    const { inCloud = 0 } = readStackState(folder, project, stack);
    const file = path.join(folder, "cloud.json");
    if (inCloud > 0 && !fs.existsSync(file)) {
      throw new Error(`${file} is missing, and the state has resources that are kept there`);
    }
    const store = new CloudStore(folder);
    // The engine writes its state before it makes the first of them, and would make all of them anew.
    const { length: objects } = store.all();
    if (objects > 0 && !fs.existsSync(state)) {
      throw new Error(`${state} is missing, and the local cloud has ${objects} objects of it`);
    }
    return store;
  } catch (cause) {
    throw new Failure(restoreOrRemove((cause as Error).message, stack), { cause });
  }
}

/** What is wrong with a file of a stack, and the two ways out. */
export const restoreOrRemove = (why: string, stack: string): string =>
  `${why}; restore it, or remove the stack with: ${commandLine("down", stack, "--force")}`;

/**
 * Removes the folder of a stack, and the one around it with the last. The lock is released when all
 * else is gone, so that no other command begins in between.
 */
export function removeFolder(stack: string, release: () => void): void {
  const folder = stackFolder(stack);
  for (const name of fs.readdirSync(folder).filter((name) => name !== LOCK)) {
    fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  release();
  for (const emptied of [folder, ROOT]) removeIfEmpty(emptied);
}
