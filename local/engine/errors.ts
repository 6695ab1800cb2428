/** A mistake of the person at the keyboard: its message is all they need. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Something that can fail on any machine has failed: the message says what, and the way out. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** A signal ended the work. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}
