export type Severity = "error" | "warning" | "note";

/** Something in a plan that a person should know before deploying it. */
export interface Finding {
  /** Stable and machine-readable, e.g. `file-not-delivered`. */
  readonly id: string;
  /** `error`: will not work as declared; `warning`: may surprise; `note`: worth knowing. */
  readonly severity: Severity;
  /** What is wrong, in one sentence. Never holds a secret value. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** The resource that it is about. */
  readonly urn?: string;
}

/** True when something is at least as grave as `failOn`: the plan must not be deployed as it is. */
export const failing = (
  findings: readonly Finding[],
  failOn: "error" | "warning" = "error",
): boolean => findings.some(({ severity }) => severity === "error" || severity === failOn);
