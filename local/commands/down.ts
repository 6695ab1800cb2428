import * as fs from "node:fs";
import { openMachine } from "../engine/machine";
import { sayOnStderr } from "../engine/progress";
import { display } from "./display";
import { openSession, removeFolder, stackFolder } from "./session";

/** `local:down`: destroys the stack and leaves nothing of it. */
export async function down(stackName: string, force: boolean): Promise<void> {
  if (!fs.existsSync(stackFolder(stackName))) {
    sayOnStderr(`There is no local stack '${stackName}'.`);
    return;
  }
  if (!force) await destroy(stackName);
  const machine = await openMachine(stackFolder(stackName));
  await machine.clear();
  removeFolder(stackName);
}

async function destroy(stackName: string): Promise<void> {
  const { stack, close } = await openSession(stackName);
  try {
    // The preview stops at a protected resource; without it, others would be gone by then.
    await stack.destroy({ previewOnly: true });
    await stack.destroy(display());
  } finally {
    close();
  }
}
