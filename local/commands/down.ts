import * as fs from "node:fs";
import * as path from "node:path";
import { Failure } from "../engine/errors";
import { openMachine } from "../engine/machine";
import { sayOnStderr } from "../engine/progress";
import { takeStackTurn } from "../engine/lock";
import { displayed } from "./display";
import { protectedIn, protectionText } from "./protection";
import { exists, openSession, removeFolder, stackFolder } from "./session";

/** `local:down`: destroys the stack and leaves nothing of it. No other command is at work meanwhile. */
export async function down(stackName: string, force: boolean): Promise<void> {
  if (!exists(stackName)) {
    sayOnStderr(`There is no local stack '${stackName}'.`);
    return;
  }
  const folder = stackFolder(stackName);
  const release = force ? takeStackTurn(folder) : await destroy(stackName);
  try {
    await clearMachine(folder);
    removeFolder(stackName);
  } finally {
    release();
  }
  // What the engine says at the end is about the files of its backend, which are gone as well.
  sayOnStderr(`Nothing of the local stack '${stackName}' is left.`);
}

async function clearMachine(folder: string): Promise<void> {
  // Nothing is signed any more: a broken authority must not be in the way.
  fs.rmSync(path.join(folder, "authority"), { recursive: true, force: true });
  const machine = await openMachine(folder);
  try {
    await machine.clear();
  } catch (cause) {
    const why = (cause as Error).message;
    throw new Failure(`the databases in ${folder} cannot be ended: ${why}`, { cause });
  }
}

/** Destroys the stack. Returns what ends the session, which keeps the turn until then. */
async function destroy(stackName: string): Promise<() => void> {
  const { stack, cloud, close } = await openSession(stackName);
  try {
    const found = protectedIn(await stack.exportStack(), cloud.store);
    // The engine would stop at one of them when others are gone already.
    if (found.length > 0) throw new Failure(protectionText(stackName, found));
    await displayed((display) => stack.destroy(display));
    return close;
  } catch (error) {
    close();
    throw error;
  }
}
