import * as fs from "node:fs";
import * as path from "node:path";
import type { Engine } from "./engine";
import type { Machine } from "./machine";
import { isAlive } from "./processes";
import type { Say } from "./progress";
import { LockedError } from "./lock";

interface Deployment {
  readonly resources?: readonly { readonly type: string; readonly id?: string }[];
  readonly pending_operations?: readonly unknown[];
}

/**
 * Clears what an interrupted run left: the lock of a process that is gone, things that were made and
 * that the engine never heard of, and the note that some were being made. On AWS such things stay
 * and cost money; this cloud belongs to one stack alone, so whatever its state does not know can go.
 */
export async function recover(
  { stack, cloud }: Engine,
  machine: Machine,
  folder: string,
  say: Say,
): Promise<void> {
  if (breakStaleLocks(folder)) say("the last run was interrupted; going on from where it ended");
  await machine.databases.removeUnknown(cloud.store);
  const { pending_operations: pending = [], resources = [] } = (await stack.exportStack())
    .deployment as Deployment;
  const recorded = new Set(resources.map(({ type, id }) => `${type}|${id ?? ""}`));
  // What was made last may need what was made before.
  for (const object of [...cloud.store.all()].reverse()) {
    if (!recorded.has(`${object.type}|${object.id}`)) await cloud.discard(object);
  }
  if (pending.length > 0) await stack.refresh({ clearPendingCreates: true });
}

/** Removes locks whose process has ended. Throws where one is still at work. */
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
      throw new LockedError("another run is at work on this stack", pid, file);
    }
    fs.rmSync(file);
  }
  return files.length > 0;
}

/** The process that a lock names. A file that names none was never written whole. */
function holderOf(file: string): number | undefined {
  try {
    return (JSON.parse(fs.readFileSync(file, "utf8")) as { readonly pid?: number }).pid;
  } catch {
    return undefined;
  }
}
