/** The service refuses an operation. The engine shows `details`, as gRPC names it. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** The resource was made or changed but does not become ready; Kubernetes' own words say why. */
export class NotReady extends Error {
  override readonly name = "NotReady";
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join("; "));
    this.reasons = reasons;
  }
}
