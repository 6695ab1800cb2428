import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { Interrupted } from "./errors";

interface RunOptions {
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  /** @default no limit */
  readonly timeoutMs?: number;
  /** Interrupts the program and all that it started. */
  readonly signal?: AbortSignal;
  /** Called with the number of lines that the program has written to stderr. */
  readonly onLines?: (count: number) => void;
}

/** Time to clean up after SIGINT, before SIGTERM. */
const CLEANUP_MS = 10_000;

/**
 * Runs a program that starts others (a download, a compiler) in a process group of its own, so that all
 * of them end together. Throws the last message of its stderr where it fails.
 */
export async function runGroup(
  command: string,
  args: readonly string[],
  { cwd, env, timeoutMs, signal, onLines }: RunOptions,
): Promise<string> {
  throwIfInterrupted(signal);
  const stdio = ["ignore", "pipe", "pipe"] as const;
  const child = spawn(command, args, { cwd, env, detached: true, stdio: [...stdio] });
  const send = (what: NodeJS.Signals) => {
    if (child.pid !== undefined) signalGroup(child.pid, what);
  };
  const terminate = () => send("SIGTERM");
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => {
    send("SIGINT");
    timer = setTimeout(terminate, CLEANUP_MS);
    // Processes that ignore SIGINT have nothing left to work for.
    child.once("exit", terminate);
  };
  const limit = timeoutMs === undefined ? [] : [AbortSignal.timeout(timeoutMs)];
  const end = AbortSignal.any([...limit, ...(signal === undefined ? [] : [signal])]);
  end.addEventListener("abort", interrupt);
  process.once("exit", terminate);
  let lines = 0;
  child.stderr.on("data", (chunk: Buffer) => {
    lines += chunk.toString().split("\n").length - 1;
    onLines?.(lines);
  });
  try {
    const ended = once(child, "close") as Promise<[number | null]>;
    const [[code], out, errors] = await Promise.all([
      ended,
      text(child.stdout),
      text(child.stderr),
    ]);
    throwIfInterrupted(signal);
    if (end.aborted) throw new Error(`it did not end within ${Number(timeoutMs) / 1000} s`);
    if (code !== 0) throw new Error(lastMessage(errors) ?? `${command} failed`);
    return out;
  } finally {
    clearTimeout(timer);
    end.removeEventListener("abort", interrupt);
    process.removeListener("exit", terminate);
  }
}

function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new Interrupted("interrupted");
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // All of them have ended.
  }
}

/** The last line with several words: a compiler also prints what it is compiling, a name per line. */
function lastMessage(output: string): string | undefined {
  const lines = output.trim().split("\n");
  const messages = lines.filter((line) => line.trim().includes(" "));
  return messages.at(-1) ?? (lines.at(-1) || undefined);
}
