import type { Statement } from "./document";
import { decide, type Decision, type Request } from "./evaluate";

/** Everything that speaks about what one principal may do to one resource of the same account. */
export interface Policies {
  /** The principal's own policies. */
  readonly identity: readonly Statement[];
  /** Policies that only take away: a permissions boundary, a session policy. */
  readonly limits?: readonly (readonly Statement[])[];
  /** The resource's own policy. */
  readonly resource?: readonly Statement[];
}

/**
 * Whether a principal may do something, by all policies together: a denial anywhere wins; else one
 * permission is enough, from the principal's policies or from the resource's, if every limit allows
 * it too. Service control policies are no part of a program and are not considered.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-id-rdp.html
 */
export function access(
  { identity, limits = [], resource = [] }: Policies,
  request: Request,
): Decision {
  const grant = decide([...identity, ...resource], request);
  if (grant.verdict === "denied") return grant;
  const limiting = limits
    .map((limit) => decide(limit, request))
    .find(({ verdict }) => verdict !== "allowed");
  return limiting ?? grant;
}
