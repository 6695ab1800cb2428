import { readdirSync, readFileSync } from "node:fs";

const SAMPLE_MS = 100;

/** Where the system tells of its processes; only Linux has it. */
const PROCESSES = "/proc";

/** A process as the system lists it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly residentMiB: number;
}

/** Follows a process and all that it starts until told to stop, then says how large they were at most. */
export function watchTree(root: number): () => number {
  let peak = 0;
  const sample = (): void => {
    peak = Math.max(peak, residentOf(root, listProcesses()));
  };
  sample();
  const timer = setInterval(sample, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

/** Resident sets of a process and its descendants, summed: pages that two of them share count twice. */
export function residentOf(root: number, processes: readonly ProcessEntry[]): number {
  const tree = new Set([root]);
  for (let before = 0; before !== tree.size;) {
    before = tree.size;
    for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
  }
  return processes
    .filter(({ pid }) => tree.has(pid))
    .reduce((sum, { residentMiB }) => sum + residentMiB, 0);
}

function listProcesses(): readonly ProcessEntry[] {
  return readdirSync(PROCESSES)
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [parseStatus(readFileSync(`${PROCESSES}/${name}/status`, "utf8"))];
      } catch {
        // It has ended since it was listed.
        return [];
      }
    });
}

/**
 * Reads what a `status` file says of a process.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
 */
export function parseStatus(status: string): ProcessEntry {
  const number = (field: string): number =>
    Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return { pid: number("Pid"), parent: number("PPid"), residentMiB: number("VmRSS") / 1024 };
}
