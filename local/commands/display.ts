import { CommandError } from "@pulumi/pulumi/automation";
import { hasTerminal } from "../engine/terminal";
import { withGracefulShutdown, type Signal } from "./interruption";

/** How the CLI says that it has had a signal and ends what it is at in good order. */
const CANCELLING = /received; cancelling/;
const PATIENCE_MS = 1000;

/** An operation failed, and the display has shown why. */
export class ShownFailure extends Error {
  override readonly name = "ShownFailure";
}

/** What an operation of the Automation API is given to show what it does, and to be cancelled. */
interface Display {
  readonly onOutput: (text: string) => void;
  readonly onError: (text: string) => void;
  readonly color: "always" | "never";
  readonly signal: AbortSignal;
}

/**
 * Runs an operation with Pulumi's own progress display on this terminal. A signal is passed on to the
 * CLI, which must not get it twice, because it ends at once then, in whatever it is at. Ctrl-C it has
 * from the terminal; where it writes to a pipe, it says of any signal that it has had it.
 */
export async function displayed<T>(operation: (display: Display) => Promise<T>): Promise<T> {
  const cancel = new AbortController();
  let cancelling = false;
  const passOn = (signal: Signal) => {
    if (signal === "SIGINT" && hasTerminal()) return;
    setTimeout(() => {
      if (!cancelling) cancel.abort();
    }, PATIENCE_MS).unref();
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
    if (error instanceof CommandError) throw new ShownFailure("the operation failed");
    throw error;
  }
}

/**
 * Whether the display is in colour: on a terminal, unless a person says otherwise.
 *
 * @see https://no-color.org
 * @see https://force-color.org
 */
export function usesColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return isTerminal && env.TERM !== "dumb";
}
