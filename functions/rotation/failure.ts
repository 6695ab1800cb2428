/**
 * An error whose message may be shown: it is made of constants and names of the settings, never of what
 * a server or an SDK said, which may repeat a value.
 */
export class RotationError extends Error {
  override readonly name = "RotationError";
}

/** Of an error that nobody expected only the class is shown: its message may repeat a secret. */
export function shownError(error: unknown): RotationError {
  if (error instanceof RotationError) return error;
  const kind = error instanceof Error ? error.name : typeof error;
  return new RotationError(`an unexpected ${kind}: a bug of the function`);
}
