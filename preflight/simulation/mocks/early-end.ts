import { performance } from "node:perf_hooks";

/** A program that does not come to its end, though nothing in it fails. */
export class EarlyEndError extends Error {
  override readonly name = "EarlyEndError";
}

/**
 * Has a program that ends the process fail instead. Returns how to undo it.
 *
 * @param mayEnd whether it may do so without an error: it has other programs run, and ends itself then
 */
export function refuseExit(
  report: (error: EarlyEndError) => void,
  mayEnd: () => boolean = () => false,
): () => void {
  const exit = process.exit.bind(process);
  process.exit = (code) => {
    if (mayEnd() && (code ?? process.exitCode ?? 0) === 0) return undefined as never;
    const error = new EarlyEndError("the program never finished: it ended the process");
    report(error);
    throw error;
  };
  return () => void (process.exit = exit);
}

/** After this long without anything to do, a program that keeps a timer or a server waits for ever. */
const IDLE_SECONDS = 30;

/** Share of a second in which a process does something, though nothing comes of it. */
const IDLE_SHARE = 0.1;

/**
 * Rejects where the work waits for something that never comes: nothing else is left to do, or only
 * timers and servers are.
 *
 * @param idleSeconds how long they may be @default 30
 */
export function orStalled<T>(work: Promise<T>, idleSeconds = IDLE_SECONDS): Promise<T> {
  let notice = (): void => undefined;
  const stalled = new Promise<never>((_resolve, reject) => {
    notice = () => {
      reject(new EarlyEndError("the program never finished: it waits for ever"));
    };
    process.once("beforeExit", notice);
  });
  let idle = 0;
  let before = performance.eventLoopUtilization();
  const watch = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    idle = utilization < IDLE_SHARE ? idle + 1 : 0;
    if (idle >= idleSeconds) notice();
  }, 1000).unref();
  return Promise.race([work, stalled]).finally(() => {
    clearInterval(watch);
    process.removeListener("beforeExit", notice);
  });
}
