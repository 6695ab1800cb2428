import { format } from "node:util";

export interface LogEntry {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
}

const SDK_PREFIX = /^(debug|info|warning|error): \[runtime\] /;

export interface Watched {
  readonly log: readonly LogEntry[];
  readonly failures: readonly Error[];
}

/**
 * Runs `work` and returns what was logged meanwhile, and what failed: thrown by `work`, or left behind
 * as an unhandled rejection, for the SDK reports a failed registration or `apply` only that way.
 * Without an engine the SDK logs to the console, so the console is watched as well.
 */
export async function watchFailures(work: () => Promise<void>): Promise<Watched> {
  const failures: unknown[] = [];
  const log: LogEntry[] = [];
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason) => failures.push(reason));
  const restoreConsole = watchConsole(log);
  try {
    await work().catch((error: unknown) => failures.push(error));
    // Rejections are reported after the microtasks that caused them.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    restoreConsole();
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
  return { log, failures: failures.map(asError) };
}

function watchConsole(log: LogEntry[]): () => void {
  const original = {
    log: console.log,
    info: console.info,
    warn: console.warn,
    error: console.error,
  };
  const watch =
    (severity: LogEntry["severity"]) =>
    (...parts: unknown[]) =>
      void log.push({ severity, message: format(...parts).replace(SDK_PREFIX, "") });
  Object.assign(console, {
    log: watch("info"),
    info: watch("info"),
    warn: watch("warning"),
    error: watch("error"),
  });
  const restoreOutput = watchOutput(log);
  return () => {
    restoreOutput();
    Object.assign(console, original);
  };
}

/** What a program writes past the console would stand amid the report. */
function watchOutput(log: LogEntry[]): () => void {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text: string | Uint8Array, ...rest: readonly unknown[]) => {
    const message = typeof text === "string" ? text : Buffer.from(text).toString();
    log.push({ severity: "info", message: message.trimEnd() });
    const written = rest.find((each) => typeof each === "function");
    if (written !== undefined) process.nextTick(written);
    return true;
  };
  return () => void (process.stdout.write = write);
}

const asError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new Error(String(reason));
