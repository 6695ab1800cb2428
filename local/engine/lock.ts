import * as fs from "node:fs";
import * as path from "node:path";
import { Failure } from "./errors";
import { isAlive, startOf } from "./processes";

/** The file in a stack's folder that says which process is at work on the stack. */
export const LOCK_FILE = "process";

/** Another process is at what only one may do. */
export class LockedError extends Failure {
  readonly pid: number;

  constructor(what: string, pid: number, file: string) {
    super(
      `${what} (process ${pid}); wait for it to end. ` +
        `If that process is something else, remove ${file}`,
    );
    this.pid = pid;
  }
}

/** Keeps two commands from working on the stack in `folder` at once. */
export const takeStackTurn = (folder: string): (() => void) =>
  acquireLock(path.join(folder, LOCK_FILE), "another command is at work on this stack");

/**
 * Keeps two commands from doing the same work at once: `file` says which process does it. What a
 * process left that has ended does not count. Throws `LockedError` where one is at work; returns what ends
 * the turn.
 */
export function acquireLock(file: string, busy: string): () => void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const own = [process.pid, startOf(process.pid)].join(" ").trim();
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, own);
  try {
    claim(file, draft, busy);
  } finally {
    fs.rmSync(draft, { force: true });
  }
  return () => {
    if (claimIn(file) === own) fs.rmSync(file, { force: true });
  };
}

/** Puts the draft, whole as it is, where no other is, or in the place of one whose process has ended. */
function claim(file: string, draft: string, busy: string): void {
  if (isLinked(draft, file)) return;
  const other = claimIn(file);
  const pid = other === undefined ? undefined : processAtWork(other);
  if (pid !== undefined) throw new LockedError(busy, pid, file);
  if (other !== undefined) {
    // To succeed a process is a turn as well: else a second successor would put out the first.
    const end = acquireLock(`${file}.after-${other.replace(/\W+/g, "-").slice(0, 40)}`, busy);
    try {
      if (claimIn(file) === other) return fs.renameSync(draft, file);
    } finally {
      end();
    }
  }
  claim(file, draft, busy);
}

function isLinked(draft: string, file: string): boolean {
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** What a file says; nothing where it cannot be read, `undefined` where there is none. */
function claimIn(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : "";
  }
}

/** The process of a claim, where it still runs. */
function processAtWork(text: string): number | undefined {
  const [, number, start] = /^([1-9]\d*)(?: (\d+))?$/.exec(text) ?? [];
  const pid = Number(number);
  if (number === undefined || !isAlive(pid)) return undefined;
  return start === undefined || start === startOf(pid) ? pid : undefined;
}
