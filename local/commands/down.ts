import * as fs from "node:fs";
import * as path from "node:path";
import { Failure } from "../engine/errors";
import { openMachine } from "../engine/machine";
import { sayOnStderr } from "../engine/progress";
import { lockStack } from "../engine/lock";
import { displayed } from "./display";
import { protectedIn, protectionText } from "./protection";
import { exists, removeFolder, stackFolder } from "./local-stack";
import { openSession } from "./session";

/** `local:down`: destroys the stack and removes all its files, while no other command works on it. */
export async function down(stackName: string, force: boolean): Promise<void> {
  if (!exists(stackName)) {
    sayOnStderr(`There is no local stack '${stackName}'.`);
    return;
  }
  const folder = stackFolder(stackName);
  const release = force ? lockStack(folder) : await destroy(stackName);
  try {
    await clearMachine(folder);
    removeFolder(stackName, release);
  } finally {
    release();
  }
  // The engine has just said that history and configuration are still maintained.
  sayOnStderr(
    "Its history and configuration are removed as well: " +
      `nothing of the local stack '${stackName}' is left.`,
  );
}

async function clearMachine(folder: string): Promise<void> {
  // Nothing is signed from now on, and damaged files of the authority must not prevent the removal.
  fs.rmSync(path.join(folder, "authority"), { recursive: true, force: true });
  const machine = await openMachine(folder);
  try {
    await machine.clear();
  } catch (cause) {
    const why = (cause as Error).message;
    throw new Failure(`the databases in ${folder} cannot be stopped: ${why}`, { cause });
  }
}

/** Destroys the stack. Returns what closes the session, which holds the lock until then. */
async function destroy(stackName: string): Promise<() => void> {
  const { stack, cloud, close } = await openSession(stackName);
  try {
    const found = protectedIn(await stack.exportStack(), cloud.store);
    // The engine would fail at one of them after it has deleted others.
    if (found.length > 0) throw new Failure(protectionText(stackName, found));
    await displayed((display) => stack.destroy(display));
    return close;
  } catch (error) {
    close();
    throw error;
  }
}
