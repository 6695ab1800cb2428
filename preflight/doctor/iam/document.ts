import { isUnknownText, UNKNOWN } from "../../simulation/wire/unknown";
import { jsonIn, listOf, recordOf } from "../../simulation/wire/values";

/** Patterns of `Action` or `Resource`; `negated` for `NotAction` and `NotResource`. */
export interface Patterns {
  readonly patterns: readonly string[];
  readonly negated: boolean;
}

export type PrincipalKind = "AWS" | "Service" | "Federated";

/** Whom a statement of a trust or resource policy applies to. */
export type Principals = "everyone" | Readonly<Partial<Record<PrincipalKind, readonly string[]>>>;

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  /** The policy's name and the statement's `Sid` or number: what a person looks for. */
  readonly label: string;
  readonly effect: "Allow" | "Deny" | "unknown";
  readonly actions: Patterns;
  /** Absent in a trust policy. */
  readonly resources?: Patterns;
  /** Absent in an identity policy. */
  readonly principals?: Principals;
  readonly conditions: readonly Condition[];
  /** False when it holds something that this evaluator does not know. */
  readonly understood: boolean;
}

const ELEMENTS = new Set([
  ...["Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "NotResource", "Condition"],
]);
const KINDS: readonly string[] = ["AWS", "Service", "Federated"] satisfies PrincipalKind[];

/**
 * The statements of a policy document, given as JSON text or as an object. What cannot be read
 * becomes a statement whose effect is unknown, so that nobody takes silence for a denial.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function statementsOf(policy: string, source: unknown): readonly Statement[] {
  const document = typeof source === "string" ? jsonIn(source) : source;
  const listed = recordOf(document).Statement;
  if (typeof listed !== "object" || listed === null) return [unreadable(policy)];
  const statements = Array.isArray(listed) ? listOf(listed) : [listed];
  return statements.map((statement, index) => read(policy, recordOf(statement), index));
}

/** The statement of a document of which nothing is known. */
export const unreadable = (policy: string): Statement => ({
  label: policy,
  effect: "unknown",
  actions: { patterns: ["*"], negated: false },
  conditions: [],
  understood: false,
});

function read(
  policy: string,
  statement: Readonly<Record<string, unknown>>,
  index: number,
): Statement {
  const { Sid: sid, Effect: effect } = statement;
  const actions = patterns(statement, "Action");
  const resources = patterns(statement, "Resource");
  const principals = principalsOf(statement.Principal);
  const conditions = conditionsOf(statement.Condition);
  const understood =
    Object.keys(statement).every((element) => ELEMENTS.has(element)) &&
    actions !== undefined &&
    // Every statement has one of the two; what came from something unknown may have been left out.
    (resources !== undefined || principals !== undefined) &&
    resources !== "unreadable" &&
    actions !== "unreadable" &&
    principals !== "unreadable" &&
    conditions !== undefined;
  return {
    label: `${policy}, ${typeof sid === "string" && sid !== "" ? sid : `statement ${index + 1}`}`,
    effect: effect === "Allow" || effect === "Deny" ? effect : "unknown",
    actions: typeof actions === "object" ? actions : { patterns: ["*"], negated: false },
    ...(typeof resources === "object" && { resources }),
    ...(principals !== "unreadable" && principals !== undefined && { principals }),
    conditions: conditions ?? [],
    understood,
  };
}

function patterns(
  statement: Readonly<Record<string, unknown>>,
  element: "Action" | "Resource",
): Patterns | "unreadable" | undefined {
  const negated = statement[`Not${element}`];
  const given = statement[element];
  if (negated !== undefined && given !== undefined) return "unreadable";
  if (negated === undefined && given === undefined) return undefined;
  const texts = textsOf(negated ?? given);
  return texts === undefined ? "unreadable" : { patterns: texts, negated: negated !== undefined };
}

function principalsOf(given: unknown): Principals | "unreadable" | undefined {
  if (given === undefined) return undefined;
  if (given === "*") return "everyone";
  const kinds = Object.entries(recordOf(given));
  if (kinds.length === 0) return "unreadable";
  const principals: Partial<Record<PrincipalKind, readonly string[]>> = {};
  for (const [kind, value] of kinds) {
    const values = textsOf(value);
    if (values === undefined || !KINDS.includes(kind)) return "unreadable";
    principals[kind as PrincipalKind] = values;
  }
  return principals;
}

function conditionsOf(given: unknown): readonly Condition[] | undefined {
  if (given === undefined) return [];
  if (typeof given !== "object" || given === null || Array.isArray(given)) return undefined;
  const conditions: Condition[] = [];
  for (const [operator, keys] of Object.entries(given)) {
    const asked = Object.entries(recordOf(keys));
    // A condition that asks nothing has lost what it asked.
    if (asked.length === 0) return undefined;
    for (const [key, value] of asked) {
      const values = textsOf(value);
      if (values === undefined || isLost(key) || isUnknownText(key)) return undefined;
      conditions.push({ operator, key, values });
    }
  }
  return conditions;
}

/** One text or a list of them; IAM also takes true, false and numbers for condition values. */
function textsOf(value: unknown): readonly string[] | undefined {
  const values = Array.isArray(value) ? listOf(value) : [value];
  const scalar = (item: unknown) => ["string", "number", "boolean"].includes(typeof item);
  const texts = values.map(String);
  return values.every(scalar) && !texts.some(isLost) ? texts : undefined;
}

/** What a program makes a text of that nobody could tell it. */
const isLost = (text: string): boolean => text === UNKNOWN || /\bundefined\b/.test(text);
