import { holds, type RequestContext } from "./conditions";
import type { Patterns, PrincipalKind, Statement } from "./document";
import { like, resourceLike, same } from "./patterns";
import { allOf, anyOf, not, type Ternary } from "./ternary";

/** One call to AWS, as far as policies can ask about it. */
export interface Request {
  /** For instance `secretsmanager:GetSecretValue`. */
  readonly action: string;
  /** ARN that the call is about; absent where a trust policy is asked. */
  readonly resource?: string;
  /** Who calls; needed where a trust or resource policy is asked. */
  readonly principal?: { readonly kind: PrincipalKind; readonly id: string };
  readonly context?: RequestContext;
}

export type Verdict = "allowed" | "denied" | "unknown";

export interface Decision {
  readonly verdict: Verdict;
  /** Label of the statement that decides; absent where no statement speaks of the request. */
  readonly statement?: string;
}

/**
 * What the statements say about a request: an explicit denial wins, then a permission, and silence
 * is a denial. A statement that cannot be told never counts as either.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(statements: readonly Statement[], request: Request): Decision {
  const told = statements.map((statement) => ({
    statement,
    speaks: appliesTo(statement, request),
  }));
  const first = (effect: Statement["effect"], speaks: Ternary): Statement | undefined =>
    told.find((one) => one.statement.effect === effect && one.speaks === speaks)?.statement;

  const denies = first("Deny", true);
  if (denies !== undefined) return { verdict: "denied", statement: denies.label };
  const unclear = first("unknown", true) ?? first("unknown", "unknown") ?? first("Deny", "unknown");
  const allows = first("Allow", true);
  if (allows !== undefined && unclear === undefined) {
    return { verdict: "allowed", statement: allows.label };
  }
  // A denial that may or may not apply takes nothing away from a request that nobody allows.
  const open = allows ?? first("Allow", "unknown");
  const blind = unclear?.effect === "unknown" ? unclear : undefined;
  if (open === undefined && blind === undefined) return { verdict: "denied" };
  return { verdict: "unknown", statement: (unclear ?? open)?.label };
}

/** Whether a statement speaks of a request, whatever its effect. */
function appliesTo(statement: Statement, request: Request): Ternary {
  const context = request.context ?? (() => "unknown" as const);
  return allOf([
    statement.understood || "unknown",
    matches(statement.actions, (pattern) =>
      like(pattern.toLowerCase(), request.action.toLowerCase()),
    ),
    resourceMatches(statement, request),
    principalMatches(statement, request),
    ...statement.conditions.map((condition) => holds(condition, context)),
  ]);
}

function matches({ patterns, negated }: Patterns, test: (pattern: string) => Ternary): Ternary {
  const met = anyOf(patterns.map(test));
  return negated ? not(met) : met;
}

function resourceMatches({ resources }: Statement, { resource }: Request): Ternary {
  if (resources === undefined) return true;
  if (resource === undefined) return "unknown";
  return matches(resources, (pattern) => resourceLike(pattern, resource));
}

function principalMatches({ principals, effect }: Statement, { principal }: Request): Ternary {
  if (principals === undefined || principals === "everyone") return true;
  if (principal === undefined) return "unknown";
  const named = principals[principal.kind] ?? [];
  return anyOf(named.map((id) => principalIs(id, principal.id, effect)));
}

/**
 * `arn:aws:iam::ACCOUNT:root`, or the account's number, means every principal of the account in a
 * denial. In a permission it only leaves the decision to the account's own policies.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
function principalIs(named: string, principal: string, effect: Statement["effect"]): Ternary {
  if (named === "*") return true;
  const account = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(named)?.[1];
  if (account === undefined) return same(named, principal);
  return effect === "Deny" && principal.split(":")[4] === account;
}
