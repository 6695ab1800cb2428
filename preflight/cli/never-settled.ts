/**
 * A program that waits for a promise nobody resolves leaves Node.js with nothing to do, and it would
 * exit as if all were well; so it would for a program that ends the process itself. Says so instead,
 * and exits with `code`. Returns what to call once the run has come to its end.
 */
export function failIfNeverSettled(code: number): () => void {
  let waits = false;
  const noteThatItWaits = (): void => void (waits = true);
  const report = (): void => {
    process.stderr.write(`error: ${waits ? WAITS : ENDED}\n`);
    process.exitCode = code;
  };
  process.once("beforeExit", noteThatItWaits);
  process.once("exit", report);
  return () => {
    process.removeListener("beforeExit", noteThatItWaits);
    process.removeListener("exit", report);
  };
}

const WAITS = "the program never finished: it waits for ever";
const ENDED = "the program never finished: it ended the process";
