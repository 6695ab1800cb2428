import * as fs from "node:fs";
import * as path from "node:path";
import type { Engine } from "./engine";
import type { Machine } from "./machine";
import { isAlive } from "./processes";
import type { Say } from "./progress";
import { LockedError } from "./lock";
import type { StateDeployment } from "./state";

/**
 * Clears what an interrupted run left: the lock of an ended process, resources that were created
 * without the engine's knowledge, and pending operations. On AWS such resources stay and cost money;
 * this cloud belongs to one stack alone, so whatever its state does not know can be deleted.
 */
export async function recover(
  { stack, cloud }: Engine,
  machine: Machine,
  folder: string,
  say: Say,
): Promise<void> {
  if (breakStaleLocks(folder)) say("the last run was interrupted; continuing from there");
  await machine.databases.removeUnknown(cloud.store);
  const { pending_operations: pending = [], resources = [] } = (await stack.exportStack())
    .deployment as StateDeployment;
  const recorded = new Set(resources.map(({ type = "", id = "" }) => `${type}|${id}`));
  // In reverse, because later objects may depend on earlier ones.
  for (const object of [...cloud.store.all()].reverse()) {
    if (!recorded.has(`${object.type}|${object.id}`)) await cloud.discard(object);
  }
  if (pending.length > 0) await stack.refresh({ clearPendingCreates: true });
}

/** Removes locks of ended processes. Throws `LockedError` where one still runs. */
function breakStaleLocks(folder: string): boolean {
  const locks = path.join(folder, "backend/.pulumi/locks");
  if (!fs.existsSync(locks)) return false;
  const files = fs
    .readdirSync(locks, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of files) {
    const pid = holderOf(file);
    if (pid !== undefined && isAlive(pid)) {
      throw new LockedError("another command is at work on this stack", pid, file);
    }
    fs.rmSync(file);
  }
  return files.length > 0;
}

/** The process that a lock names; none where the file was not written completely. */
function holderOf(file: string): number | undefined {
  try {
    return (JSON.parse(fs.readFileSync(file, "utf8")) as { readonly pid?: number }).pid;
  } catch {
    return undefined;
  }
}
