/** A program that does not come to its end, though nothing in it fails. */
export class EarlyEndError extends Error {
  override readonly name = "EarlyEndError";
}

/** Has a program that ends the process fail instead. Returns how to undo it. */
export function refuseExit(report: (error: EarlyEndError) => void): () => void {
  const exit = process.exit.bind(process);
  process.exit = () => {
    const error = new EarlyEndError("the program never finished: it ended the process");
    report(error);
    throw error;
  };
  return () => void (process.exit = exit);
}

/** Rejects where the work waits for something that never comes, and nothing else is left to do. */
export function orStalled<T>(work: Promise<T>): Promise<T> {
  let notice = (): void => undefined;
  const stalled = new Promise<never>((_resolve, reject) => {
    notice = () => {
      reject(new EarlyEndError("the program never finished: it waits for ever"));
    };
    process.once("beforeExit", notice);
  });
  return Promise.race([work, stalled]).finally(() => process.removeListener("beforeExit", notice));
}
