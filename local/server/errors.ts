/** The service rejects an operation. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** The resource was created or updated but does not become ready, in the words of Kubernetes. */
export class NotReady extends Error {
  override readonly name = "NotReady";
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join("; "));
    this.reasons = reasons;
  }
}
