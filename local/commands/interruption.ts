import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as os from "node:os";
import { Interrupted } from "../engine/errors";

/** Ctrl-C; what `kill` and a shutdown send; a terminal that is closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export type Signal = (typeof SIGNALS)[number];

/** npm passes on what the terminal has already sent to the whole group: an echo, no second signal. */
const ECHO_MS = 1000;

type SignalHandler = (signal: Signal) => void;

let taker: SignalHandler | undefined;
let received: Signal | undefined;
let receivedAt = 0;

/** A signal ends this process at once, unless what it is at takes signals itself; a second one does. */
export function listenForSignals(): void {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const again = received !== undefined;
      if (again && Date.now() - receivedAt < ECHO_MS) return;
      if (again || taker === undefined) process.exit(exitCodeOf(signal));
      received = signal;
      receivedAt = Date.now();
      taker(signal);
    });
  }
}

/** As a shell says it: 128 and the signal's number. */
export const exitCodeOf = (signal: NodeJS.Signals): number => 128 + os.constants.signals[signal];

/** The exit code of a command that was interrupted. */
export const interruptedCode = (): number => exitCodeOf(received ?? "SIGINT");

/**
 * Does work that has to end in good order. Whoever `take`s the signal sees to it that the work ends;
 * however it does, `Interrupted` is thrown then.
 */
export async function withGracefulShutdown<T>(
  take: SignalHandler,
  work: () => Promise<T>,
): Promise<T> {
  taker = take;
  try {
    return await work();
  } finally {
    taker = undefined;
    // What interrupted work fails with says only that it was.
    if (received !== undefined) throw new Interrupted(`interrupted by ${received}`);
  }
}

/** Lets a program have the terminal to itself, Ctrl-C included, until it ends. Returns its exit code. */
export async function handOverTerminal(program: ChildProcess): Promise<number> {
  taker = (signal) => {
    if (signal === "SIGINT") received = undefined;
    else program.kill(signal);
  };
  try {
    const [code, signal] = (await once(program, "exit")) as [number | null, NodeJS.Signals];
    return code ?? exitCodeOf(signal);
  } finally {
    taker = undefined;
  }
}
