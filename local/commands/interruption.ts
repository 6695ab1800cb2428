import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as os from "node:os";
import { Interrupted } from "../engine/errors";

/** Sent by Ctrl-C; by `kill` and a shutdown; by a terminal that is closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export type Signal = (typeof SIGNALS)[number];

/** npm forwards what the terminal has already sent to the whole process group: a duplicate. */
const DUPLICATE_MS = 1000;

type SignalHandler = (signal: Signal) => void;

let handler: SignalHandler | undefined;
let received: Signal | undefined;
let receivedAt = 0;

/** A signal ends this process at once, unless the current work handles it; a second one always does. */
export function listenForSignals(): void {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const again = received !== undefined;
      if (again && Date.now() - receivedAt < DUPLICATE_MS) return;
      if (again || handler === undefined) process.exit(exitCodeOf(signal));
      received = signal;
      receivedAt = Date.now();
      handler(signal);
    });
  }
}

/** As in a shell: 128 and the signal's number. */
export const exitCodeOf = (signal: NodeJS.Signals): number => 128 + os.constants.signals[signal];

/** The exit code of a command that was interrupted. */
export const interruptedCode = (): number => exitCodeOf(received ?? "SIGINT");

/**
 * Does work that needs a graceful shutdown. `onSignal` makes the work end; whatever its result is then,
 * `Interrupted` is thrown.
 */
export async function withGracefulShutdown<T>(
  onSignal: SignalHandler,
  work: () => Promise<T>,
): Promise<T> {
  handler = onSignal;
  try {
    return await work();
  } finally {
    handler = undefined;
    // The error of interrupted work only says that it was interrupted.
    if (received !== undefined) throw new Interrupted(`interrupted by ${received}`);
  }
}

/** Leaves the terminal, Ctrl-C included, to a program until it ends. Returns its exit code. */
export async function handOverTerminal(program: ChildProcess): Promise<number> {
  handler = (signal) => {
    if (signal === "SIGINT") received = undefined;
    else program.kill(signal);
  };
  try {
    const [code, signal] = (await once(program, "exit")) as [number | null, NodeJS.Signals];
    return code ?? exitCodeOf(signal);
  } finally {
    handler = undefined;
  }
}
