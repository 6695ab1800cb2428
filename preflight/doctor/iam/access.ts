import type { Statement } from "./document";
import {
  accountOf,
  type Claim,
  type Decision,
  decisionOf,
  effectsOf,
  type Request,
} from "./evaluate";
import { allOf, anyOf, type Ternary } from "./ternary";

/** All policies about what one principal may do to one resource. */
export interface Policies {
  /** The principal's own policies. */
  readonly identity: readonly Statement[];
  /** Policies that only take away: a permissions boundary, a session policy. */
  readonly limits?: readonly (readonly Statement[])[];
  /** The resource's own policy. @default none */
  readonly resource?: readonly Statement[];
  /** Whose permission is needed. @default "either" */
  readonly needs?: Needs;
}

/**
 * Whose permission a request needs:
 * - `either`: the principal's policies or the resource's, within one account;
 * - `key`: the KMS key's policy, or the principal's as far as the key's policy permits the account;
 * - `both`: each of the two, where the resource is in another account. The resource's may permit the
 *   principal or its account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
 */
export type Needs = "either" | "key" | "both";

/**
 * Whether a principal may do something, by all policies together: a denial anywhere wins; else it
 * takes the permissions that the request needs, and that of every limit. Service control policies
 * are no part of a program and are not considered.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-id-rdp.html
 */
export function access(
  { identity, limits = [], resource = [], needs = "either" }: Policies,
  request: Request,
): Decision {
  const own = effectsOf(identity, request);
  const limiting = limits.map((limit) => effectsOf(limit, request));
  const ofResource = resource.map(withPrincipals);
  const named = effectsOf(ofResource.filter(not(isForEveryone)), request);
  const everyone = effectsOf(ofResource.filter(isForEveryone), request);
  const ofAccount = effectsOf(ofResource, { ...request, ...accountIn(request) });

  const limit = both(...limiting.map(({ allows }) => allows));
  // Whether a limit that is silent takes away what a resource permits to everyone is not documented.
  const leftToEveryone = { ...limit, holds: anyOf([limit.holds, "unknown"]) };
  const direct = either(both(named.allows, limit), both(everyone.allows, leftToEveryone));
  const byIdentity = both(own.allows, limit);
  const allows = {
    either: either(byIdentity, direct),
    key: either(both(byIdentity, ofAccount.allows), direct),
    both: both(byIdentity, either(direct, ofAccount.allows)),
  }[needs];
  const denies = either(...[own, named, everyone, ...limiting].map((effects) => effects.denies));
  return decisionOf({ allows, denies });
}

/** A resource's policy says whom each statement is for; where it does not, that was lost. */
const withPrincipals = (statement: Statement): Statement =>
  statement.principals === undefined ? { ...statement, understood: false } : statement;

/** Also where it is not known whom a statement is for. */
const isForEveryone = ({ principals }: Statement): boolean =>
  principals === undefined || principals === "everyone" || principals.AWS?.includes("*") === true;

const not =
  <T>(test: (value: T) => boolean) =>
  (value: T): boolean =>
    !test(value);

/** The account of who asks, as a principal of its own. */
function accountIn({ principal }: Request): Pick<Request, "principal"> {
  if (principal?.kind !== "AWS") return {};
  const [, partition = "aws"] = principal.id.split(":");
  const id = `arn:${partition}:iam::${accountOf(principal.id)}:root`;
  return { principal: { kind: "AWS", id } };
}

/** True if all are. The first statement is named that is not certain, else the first of all. */
const both = (...claims: readonly Claim[]): Claim => together(claims, allOf);

/** True if one is. */
const either = (...claims: readonly Claim[]): Claim => together(claims, anyOf);

function together(
  claims: readonly Claim[],
  combine: (claims: readonly Ternary[]) => Ternary,
): Claim {
  const holds = combine(claims.map((claim) => claim.holds));
  const statement = claims.find(
    (claim) => claim.holds === holds && claim.statement !== undefined,
  )?.statement;
  return { holds, ...(statement !== undefined && { statement }) };
}
