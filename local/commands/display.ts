import { CommandError } from "@pulumi/pulumi/automation";
import { Failure } from "../engine/errors";
import { hasTerminal } from "../engine/terminal";
import { killedText } from "./failure";
import { withGracefulShutdown, type Signal } from "./interruption";

/** The CLI prints this when it has received a signal and shuts down gracefully. */
const CANCELLING = /received; cancelling/;
const CANCELLING_TIMEOUT_MS = 1000;

/** An operation failed, and the display has shown why. */
export class ShownFailure extends Error {
  override readonly name = "ShownFailure";
}

/** Options of an operation of the Automation API for its display and its cancellation. */
interface Display {
  readonly onOutput: (text: string) => void;
  readonly onError: (text: string) => void;
  readonly color: "always" | "never";
  readonly signal: AbortSignal;
}

/**
 * Runs an operation with Pulumi's own progress display. A signal is forwarded to the CLI unless the CLI
 * has received it already: at a second signal it would end at once, without a graceful shutdown. On a
 * terminal it receives Ctrl-C itself; into a pipe it prints that it has received a signal.
 */
export async function displayed<T>(operation: (display: Display) => Promise<T>): Promise<T> {
  const cancel = new AbortController();
  let cancelling = false;
  const passOn = (signal: Signal) => {
    if (signal === "SIGINT" && hasTerminal()) return;
    setTimeout(() => {
      if (!cancelling) cancel.abort();
    }, CANCELLING_TIMEOUT_MS).unref();
  };
  const display: Display = {
    onOutput: (text) => {
      cancelling ||= CANCELLING.test(text);
      process.stdout.write(text);
    },
    onError: (text) => void process.stderr.write(text),
    color: usesColour(process.env, process.stdout.isTTY) ? "always" : "never",
    signal: cancel.signal,
  };
  try {
    return await withGracefulShutdown(passOn, () => operation(display));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const killed = cancel.signal.aborted ? undefined : killedText(error);
    throw killed === undefined ? new ShownFailure("the operation failed") : new Failure(killed);
  }
}

/**
 * Whether the display is in colour: on a terminal, unless a variable decides.
 *
 * @see https://no-color.org
 * @see https://force-color.org
 */
export function usesColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return isTerminal && env.TERM !== "dumb";
}
