/** Where the engine says what takes long. Lines go to stderr: standard output may be read by a program. */
export type Say = (line: string) => void;

export const sayOnStderr: Say = (line) => void process.stderr.write(`${line}\n`);

const TICK_MS = 1000;

/** Shows one line with the time that has passed while `work` runs; without a terminal, two lines. */
export async function withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const passed = () => `${what} … ${elapsed(Date.now() - started)}`;
  const { stderr } = process;
  if (!stderr.isTTY) sayOnStderr(`${what} …`);
  const timer = stderr.isTTY
    ? setInterval(() => stderr.write(`\r${passed()}`), TICK_MS)
    : undefined;
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (stderr.isTTY) stderr.write(`\r${passed()}\n`);
    else sayOnStderr(passed());
  }
}

/** A duration as a person reads it, e.g. `5 min 12 s`. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}
