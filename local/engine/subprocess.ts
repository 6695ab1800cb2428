import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { Interrupted } from "./errors";

interface Run {
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** Ends the program, and with it whatever it started. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a program that starts others (a download, a compiler) to its end, in a process group of its
 * own: ended together, none of them goes on alone. Throws the last line of what it says went wrong.
 */
export async function runGroup(
  command: string,
  args: readonly string[],
  { cwd, env, timeoutMs, signal }: Run,
): Promise<string> {
  throwIfInterrupted(signal);
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const endGroup = () => {
    if (child.pid !== undefined) endAll(child.pid);
  };
  const end = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
  end.addEventListener("abort", endGroup);
  process.once("exit", endGroup);
  try {
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    const [code, out, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    throwIfInterrupted(signal);
    if (end.aborted) throw new Error(`it did not end within ${timeoutMs / 1000} s`);
    if (code !== 0) throw new Error(lastLine(errors) || `${command} failed`);
    return out;
  } finally {
    end.removeEventListener("abort", endGroup);
    process.removeListener("exit", endGroup);
  }
}

function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new Interrupted("interrupted");
}

function endAll(group: number): void {
  try {
    process.kill(-group, "SIGTERM");
  } catch {
    // They have all ended.
  }
}

const lastLine = (output: string): string => output.trim().split("\n").at(-1) ?? "";
