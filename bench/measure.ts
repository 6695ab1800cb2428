import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import { watchTree } from "./process-tree";

/** What one run of a process took. */
export interface Usage {
  /** From before the process was started until it had ended, in seconds. */
  readonly wallSeconds: number;
  /** User and system time of all its threads, in seconds. */
  readonly cpuSeconds: number;
  /** User time of all its threads and, on Linux, of all processes that it started and waited for. */
  readonly userSeconds: number;
  /** Largest resident set, in MiB. */
  readonly peakMiB: number;
}

const PRELOAD = resolve(__dirname, "usage.cjs");

/** Runs a Node.js script and measures it. Rejects when it fails: a failed run measures nothing. */
export const measure = (args: readonly string[]): Promise<Usage> => run(args, () => undefined);

/** As `measure`, with the memory of the script and of all that it starts, sampled. Linux only. */
export const measureTree = (args: readonly string[]): Promise<Usage> => run(args, watchTree);

async function run(
  args: readonly string[],
  watch: (pid: number) => (() => number) | undefined,
): Promise<Usage> {
  const started = performance.now();
  const child = spawn(process.execPath, ["--require", PRELOAD, ...args], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    env: environment(),
  });
  const peakOfTree = child.pid === undefined ? undefined : watch(child.pid);
  const ended = (once(child, "exit") as Promise<[number | null]>).then(([code]) => ({
    code,
    wallSeconds: (performance.now() - started) / 1000,
  }));
  const [{ code, wallSeconds }, errors, usage] = await Promise.all([
    ended,
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
  ]);
  const peakMiB = peakOfTree?.();
  if (code !== 0) throw new Error(`node ${args.join(" ")} ended with ${code}:\n${errors}`);
  const own = JSON.parse(usage) as Omit<Usage, "wallSeconds">;
  return { wallSeconds, ...own, ...(peakMiB !== undefined && { peakMiB }) };
}

/** As a person's shell has it, except for what changes what Node.js does. */
function environment(): NodeJS.ProcessEnv {
  const { ...copy } = process.env;
  delete copy.NODE_OPTIONS;
  delete copy.NODE_COMPILE_CACHE;
  return copy;
}
