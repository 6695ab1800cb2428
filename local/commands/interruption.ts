import * as os from "node:os";
import { Interrupted } from "../engine/errors";

/** Ctrl-C; what `kill` and a shutdown send; a terminal that is closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export type Signal = (typeof SIGNALS)[number];

type Taker = (signal: Signal) => void;

let taker: Taker | undefined;
let received: Signal | undefined;

/** A signal ends this process at once, unless what it is at takes signals itself. */
export function listenForSignals(): void {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      // npm passes on what the terminal has already sent to the whole group.
      if (received !== undefined) return;
      if (taker === undefined) process.exit(exitCodeOf(signal));
      received = signal;
      taker(signal);
    });
  }
}

/** As a shell says it: 128 and the signal's number. */
export const exitCodeOf = (signal: Signal): number => 128 + os.constants.signals[signal];

/** The exit code of a command that was interrupted. */
export const interruptedCode = (): number => exitCodeOf(received ?? "SIGINT");

/**
 * Does work that has to end in good order. Whoever `take`s the signal sees to it that the work ends;
 * however it does, `Interrupted` is thrown then.
 */
export async function endingInOrder<T>(take: Taker, work: () => Promise<T>): Promise<T> {
  taker = take;
  try {
    return await work();
  } finally {
    taker = undefined;
    // What interrupted work fails with says only that it was.
    if (received !== undefined) throw new Interrupted(`interrupted by ${received}`);
  }
}

/** Runs a program that has the terminal to itself, Ctrl-C included, until it ends. */
export async function lendingTheTerminal<T>(take: Taker, work: () => Promise<T>): Promise<T> {
  taker = (signal) => {
    if (signal === "SIGINT") received = undefined;
    else take(signal);
  };
  try {
    return await work();
  } finally {
    taker = undefined;
  }
}
