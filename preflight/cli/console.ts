import { printableLines } from "../plan/report/printable";

/** A message on standard error; nothing in it can be a command to a terminal or a CI runner. */
export const say = (message: string): void =>
  void process.stderr.write(`${printableLines(message)}\n`);

/** The report on standard output. */
export function print(report: string): void {
  process.stdout.once("error", (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, closes the pipe.
    if (error.code !== "EPIPE") throw error;
  });
  process.stdout.write(report);
}

/** Whether a report may be coloured. @see https://no-color.org */
export function isColourful(out: string | undefined): boolean {
  const { NO_COLOR, TERM } = process.env;
  return out === undefined && process.stdout.isTTY && TERM !== "dumb" && !NO_COLOR;
}
