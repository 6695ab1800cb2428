/**
 * A program that waits for a promise nobody resolves leaves Node.js with nothing to do, and it would
 * exit as if all were well; so it would for a program that ends the process itself. Says so instead,
 * and exits with `code`. Returns what to call once the run has come to its end.
 */
export function failIfNeverSettled(code: number): () => void {
  let waits = false;
  const noteWaiting = (): void => void (waits = true);
  const complain = (): void => {
    process.stderr.write(`error: ${waits ? WAITS : ENDED}\n`);
    process.exitCode = code;
  };
  process.once("beforeExit", noteWaiting);
  process.once("exit", complain);
  return () => {
    process.removeListener("beforeExit", noteWaiting);
    process.removeListener("exit", complain);
  };
}

const WAITS = "the program never finished: it waits for ever";
const ENDED = "the program never finished: it ended the process";
