import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Route } from "../database/databases";

/** The error of a function, as Lambda returns it in place of a result. */
export class FunctionError extends Error {
  override readonly name = "FunctionError";
  readonly payload: FunctionFailure;
  /** What AWS tells nobody but its own logs, e.g. which call the function's role may not make. */
  notes: readonly string[] = [];

  constructor(functionName: string, payload: FunctionFailure) {
    super(`Lambda function (${functionName}) returned error: (${JSON.stringify(payload)})`);
    this.payload = payload;
  }
}

export interface FunctionFailure {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** What a process needs to run a function. */
export interface FunctionProcess {
  readonly functionName: string;
  readonly functionArn: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memory: number;
  /** What the function prints goes to the end of this file; `undefined`: to nowhere. */
  readonly logFile: string | undefined;
}

/** A way of the function out of its process. */
export interface FunctionRoute extends Route {
  /** Why nothing that is sent there arrives; absent where it does. */
  readonly blockedBy?: string;
}

interface Answer {
  readonly id: string;
  readonly result?: unknown;
  readonly error?: FunctionFailure;
}

/** A process that runs a function's code, kept for the next event as Lambda does. */
export class Worker {
  readonly #settings: FunctionProcess;
  #child: ChildProcess | undefined;

  constructor(settings: FunctionProcess) {
    this.#settings = settings;
  }

  /** Runs the handler. Throws `FunctionError` where it throws, exceeds its time, or its process ends. */
  async run(event: unknown, routes: readonly FunctionRoute[]): Promise<unknown> {
    const { functionName, functionArn, timeoutSeconds, memory } = this.#settings;
    const id = randomUUID();
    const child = (this.#child ??= this.#start());
    // Between events it keeps no command from ending; during one it does.
    child.ref();
    child.channel?.ref();
    const timer = { expired: false };
    const limit = setTimeout(() => {
      timer.expired = true;
      this.kill();
    }, timeoutSeconds * 1000);
    try {
      return await new Promise((resolve, reject) => {
        const failed = (payload: FunctionFailure) =>
          reject(new FunctionError(functionName, payload));
        const onMessage = (answer: Answer): void => {
          if (answer.id !== id) return;
          child.off("message", onMessage);
          child.off("exit", onExit);
          if (answer.error === undefined) resolve(answer.result);
          else failed(answer.error);
        };
        const onExit = (): void =>
          failed(
            timer.expired
              ? {
                  errorType: "Sandbox.Timedout",
                  errorMessage: `RequestId: ${id} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
                }
              : {
                  errorType: "Runtime.ExitError",
                  errorMessage: `RequestId: ${id} Error: Runtime exited without providing a reason`,
                },
          );
        child.on("message", onMessage);
        child.once("exit", onExit);
        const context = { functionName, functionArn, memory, timeoutMs: timeoutSeconds * 1000 };
        child.send({ id, event, context, routes });
      });
    } finally {
      clearTimeout(limit);
      child.unref();
      child.channel?.unref();
    }
  }

  /** Ends the process at once, whatever it is at. */
  kill(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const { env, logFile } = this.#settings;
    const log = logFile === undefined ? "ignore" : openLog(logFile);
    try {
      const child = spawn(process.execPath, [path.join(__dirname, "runtime.mjs")], {
        cwd: env.LAMBDA_TASK_ROOT,
        env: { ...env },
        stdio: ["ignore", log, log, "ipc"],
      });
      child.once("exit", () => {
        if (this.#child === child) this.#child = undefined;
      });
      child.setMaxListeners(0);
      return child;
    } finally {
      if (log !== "ignore") fs.closeSync(log);
    }
  }
}

function openLog(file: string): number {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return fs.openSync(file, "a", 0o600);
}
