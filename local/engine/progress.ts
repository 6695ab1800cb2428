/** Prints a message for people. To stderr, because standard output may be read by a program. */
export type Say = (line: string) => void;

export const sayOnStderr: Say = (line) => void process.stderr.write(`${line}\n`);

const TICK_MS = 1000;
const CLEAR_LINE = "\r\x1b[K";

/**
 * Shows on one line the time that has passed while `work` runs, and the detail that it reports; without
 * a terminal, a line at the start and one at the end.
 */
export async function withProgress<T>(
  what: string,
  work: (report: (detail: string) => void) => Promise<T>,
): Promise<T> {
  const started = Date.now();
  const { stderr } = process;
  let detail = "";
  const line = () => `${what} … ${detail}${elapsed(Date.now() - started)}`;
  const show = () => stderr.write(CLEAR_LINE + line());
  if (!stderr.isTTY) sayOnStderr(`${what} …`);
  const timer = stderr.isTTY ? setInterval(show, TICK_MS) : undefined;
  try {
    return await work((reported) => {
      detail = `${reported}, `;
    });
  } finally {
    clearInterval(timer);
    sayOnStderr(stderr.isTTY ? CLEAR_LINE + line() : line());
  }
}

/** A duration as a person reads it, e.g. `5 min 12 s`. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}
