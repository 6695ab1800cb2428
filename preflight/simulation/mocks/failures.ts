import { format } from "node:util";

export interface LogEntry {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
}

const SDK_PREFIX = /^(debug|info|warning|error): \[runtime\] /;

/**
 * Runs `work` and returns what was logged meanwhile. Rejects with the first failure, be it thrown by
 * `work` or left behind as an unhandled rejection: the SDK reports a failed registration or `apply`
 * only that way. Without an engine the SDK logs to the console, so the console is watched as well.
 */
export async function withFailuresCaught(work: () => Promise<void>): Promise<readonly LogEntry[]> {
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
  if (failures.length > 0) throw asError(failures[0]);
  return log;
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
  return () => Object.assign(console, original);
}

const asError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new Error(String(reason));
