import * as fs from "node:fs";
import * as path from "node:path";
import { Failure } from "./errors";
import { isAlive, startOf } from "./processes";

/** In a stack's folder, the lock of the process that is at work on the stack. */
export const LOCK = "lock";

/** Another process has the lock. */
export class LockedError extends Failure {
  readonly pid: number;

  constructor(what: string, pid: number, lock: string) {
    super(
      `${what} (process ${pid}); wait for it to end. ` +
        `If that process is something else, remove ${lock}`,
    );
    this.pid = pid;
  }
}

/** Keeps two commands from working on the stack in `folder` at once. */
export const lockStack = (folder: string): (() => void) =>
  acquireLock(path.join(folder, LOCK), "another command is at work on this stack");

/**
 * Keeps two processes from doing the same work at once. `lock` is a folder with one file, whose name
 * says who holds it; both appear in one step, because a folder with content cannot be replaced. A
 * holder that has ended does not count: only its own file is removed, never that of a process which was
 * faster to take its place. Throws `LockedError` where a process has the lock; returns what releases it.
 */
export function acquireLock(lock: string, busy: string): () => void {
  const draft = `${lock}.${process.pid}`;
  const own = holderName(process.pid, startOf(process.pid));
  try {
    do {
      releaseEnded(lock, busy);
      fs.mkdirSync(draft, { recursive: true });
      fs.writeFileSync(path.join(draft, own), "");
    } while (!isRenamed(draft, lock));
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
  return () => {
    fs.rmSync(path.join(lock, own), { force: true });
    removeIfEmpty(lock);
  };
}

/** Releases the lock in place of a process that has ended. */
function releaseEnded(lock: string, busy: string): void {
  for (const holder of holdersOf(lock)) {
    const pid = runningHolder(holder);
    if (pid !== undefined) throw new LockedError(busy, pid, lock);
    fs.rmSync(path.join(lock, holder), { recursive: true, force: true });
  }
  removeIfEmpty(lock);
}

function holdersOf(lock: string): readonly string[] {
  try {
    return fs.readdirSync(lock);
  } catch (error) {
    if (isOneOf(error, "ENOENT")) return [];
    throw error;
  }
}

function isRenamed(draft: string, lock: string): boolean {
  try {
    fs.renameSync(draft, lock);
    return true;
  } catch (error) {
    // Windows says EPERM of a folder that is there.
    if (isOneOf(error, "ENOTEMPTY", "EEXIST", "ENOENT")) return false;
    if (isOneOf(error, "EPERM") && fs.existsSync(lock)) return false;
    throw error;
  }
}

const holderName = (pid: number, start: string | undefined): string =>
  start === undefined ? String(pid) : `${pid}-${start}`;

/** The process that a holder's name tells of, where it still runs. */
function runningHolder(name: string): number | undefined {
  const [, number, start] = /^([1-9]\d*)(?:-(\d+))?$/.exec(name) ?? [];
  const pid = Number(number);
  if (number === undefined || !isAlive(pid)) return undefined;
  return start === undefined || start === startOf(pid) ? pid : undefined;
}

/** Removes a folder, unless another process has put something there, or the system keeps it. */
export function removeIfEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch (error) {
    // A mount point is busy.
    if (!isOneOf(error, "ENOENT", "ENOTEMPTY", "EEXIST", "EBUSY")) throw error;
  }
}

const isOneOf = (error: unknown, ...codes: readonly string[]): boolean =>
  codes.includes((error as NodeJS.ErrnoException).code ?? "");
