/** A mistake in what a command was given. Shown as its message alone. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A failure that is no defect of this project. The message says what failed, and the remedy. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** A signal ended the work. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}
