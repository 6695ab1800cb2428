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
  /** Label of the statement that decides; absent where no statement applies to the request. */
  readonly statement?: string;
}

/** A claim about a request, and the statement that it rests on. */
export interface Claim {
  readonly holds: Ternary;
  /** Absent where no statement applies to the request. */
  readonly statement?: string;
}

/** What some statements say about a request. */
export interface Effects {
  readonly allows: Claim;
  readonly denies: Claim;
}

/**
 * What the statements say about a request. A statement of which something is not known never counts
 * for certain; one whose effect is not known may do either.
 */
export function effectsOf(statements: readonly Statement[], request: Request): Effects {
  const applying = statements
    .map((statement) => ({ statement, applies: appliesTo(statement, request) }))
    .filter(({ applies }) => applies !== false);
  const claim = (effect: "Allow" | "Deny"): Claim => {
    const certain = applying.find((one) => one.statement.effect === effect && one.applies === true);
    if (certain !== undefined) return { holds: true, statement: certain.statement.label };
    const possible =
      applying.find((one) => one.statement.effect === "unknown") ??
      applying.find((one) => one.statement.effect === effect);
    return possible === undefined
      ? { holds: false }
      : { holds: "unknown", statement: possible.statement.label };
  };
  return { allows: claim("Allow"), denies: claim("Deny") };
}

/**
 * What follows from the effects: an explicit denial wins, then a permission, and silence is a denial.
 * A denial that may or may not apply takes nothing away from a request that nobody allows.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decisionOf({ allows, denies }: Effects): Decision {
  if (denies.holds === true) return { verdict: "denied", ...by(denies) };
  if (allows.holds === false) return { verdict: "denied" };
  if (allows.holds === true && denies.holds === false) return { verdict: "allowed", ...by(allows) };
  return { verdict: "unknown", ...by(denies.holds === false ? allows : denies) };
}

/** What the statements of one policy decide about a request. */
export const decide = (statements: readonly Statement[], request: Request): Decision =>
  decisionOf(effectsOf(statements, request));

const by = ({ statement }: Claim): { readonly statement?: string } =>
  statement === undefined ? {} : { statement };

/** Whether a statement applies to a request, whatever its effect. */
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
  // A trust policy names no resource; elsewhere it was lost on the way here.
  if (resources === undefined) return resource === undefined || "unknown";
  if (resource === undefined) return "unknown";
  return matches(resources, (pattern) => resourceLike(pattern, resource));
}

function principalMatches({ principals, effect }: Statement, { principal }: Request): Ternary {
  if (principals === undefined || principals === "everyone") return true;
  if (principal === undefined) return "unknown";
  const named = principals[principal.kind] ?? [];
  return anyOf(named.map((id) => principalIs(id, principal.id, effect)));
}

const ACCOUNT = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/;
/** A session of a role: who assumes it chooses the session's name. */
const SESSION = /^arn:[\w-]+:sts::(\d{12}):assumed-role\/([^/]+)\//;
/** What IAM keeps in the place of a role or user that was named by its ARN. */
const UNIQUE_ID = /^A[RI][OD]A[A-Z0-9]{12,}$/;

/**
 * `arn:aws:iam::ACCOUNT:root`, or the account's number, means every principal of the account in a
 * denial. In a permission it only leaves the decision to the account's own policies, so it is the
 * account alone that it permits.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
function principalIs(named: string, principal: string, effect: Statement["effect"]): Ternary {
  if (named === "*") return true;
  const account = ACCOUNT.exec(named)?.[1];
  if (account !== undefined) {
    const isMeant = effect !== "Allow" || ACCOUNT.test(principal);
    return isMeant && accountOf(principal) === account;
  }
  const [, sessionAccount, role] = SESSION.exec(named) ?? [];
  if (role !== undefined) {
    const isOfRole = principal.split("/").at(-1) === role;
    return isOfRole && accountOf(principal) === sessionAccount ? "unknown" : false;
  }
  return UNIQUE_ID.test(named) ? "unknown" : same(named, principal);
}

/** Account of an ARN, e.g. of a role. */
export const accountOf = (arn: string): string => arn.split(":")[4] ?? "";
