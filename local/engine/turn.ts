import * as fs from "node:fs";
import * as path from "node:path";
import { isAlive } from "./processes";

/**
 * Keeps two commands from doing the same work at once: `file` says which process does it. What a
 * process left that has ended does not count. Throws what `busy` makes of a process that is at work;
 * returns what ends the turn.
 */
export function takeTurn(file: string, busy: (pid: number) => Error): () => void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (!claim(file)) {
    const other = Number(fs.readFileSync(file, "utf8"));
    if (isAlive(other)) throw busy(other);
    fs.rmSync(file, { force: true });
    if (!claim(file)) throw busy(Number(fs.readFileSync(file, "utf8")));
  }
  return () => fs.rmSync(file, { force: true });
}

/** Makes the file, which only one process can. */
function claim(file: string): boolean {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
