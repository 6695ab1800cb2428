import type { Condition } from "./document";
import { arnLike, like, same } from "./patterns";
import { anyOf, not, type Ternary } from "./ternary";

/**
 * What a request carries for a condition key (in lower case): its values, `absent` when the request
 * is known not to carry it, `unknown` otherwise.
 */
export type RequestContext = (key: string) => readonly string[] | "absent" | "unknown";

type Compare = (wanted: string, given: string) => Ternary;

const ignoringCase: Compare = (wanted, given) => same(wanted.toLowerCase(), given.toLowerCase());

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS: Readonly<Record<string, { compare: Compare; negated: boolean } | undefined>> = {
  StringEquals: { compare: same, negated: false },
  StringNotEquals: { compare: same, negated: true },
  StringEqualsIgnoreCase: { compare: ignoringCase, negated: false },
  StringNotEqualsIgnoreCase: { compare: ignoringCase, negated: true },
  StringLike: { compare: like, negated: false },
  StringNotLike: { compare: like, negated: true },
  ArnEquals: { compare: arnLike, negated: false },
  ArnNotEquals: { compare: arnLike, negated: true },
  ArnLike: { compare: arnLike, negated: false },
  ArnNotLike: { compare: arnLike, negated: true },
  Bool: { compare: ignoringCase, negated: false },
};

const OPERATOR = /^(?:(?<set>ForAnyValue|ForAllValues):)?(?<name>\w+?)(?<ifExists>IfExists)?$/;

/** Whether a request meets a condition. With an unknown operator, that is unknown. */
export function holds({ operator, key, values }: Condition, context: RequestContext): Ternary {
  const given = context(key.toLowerCase());
  if (operator === "Null") return isAbsent(values, given);
  const { set, name = "", ifExists } = OPERATOR.exec(operator)?.groups ?? {};
  const known = OPERATORS[name];
  if (known === undefined || given === "unknown") return "unknown";
  // A key that the request lacks meets every negated operator and no other; as an empty set, it meets
  // what is asked of all its values, and nothing that is asked of one.
  if (given === "absent") {
    return ifExists !== undefined || (set === undefined ? known.negated : set === "ForAllValues");
  }
  const [value, ...more] = given;
  if (value === undefined || more.length > 0) return "unknown";
  const met = anyOf(values.map((wanted) => known.compare(wanted, value)));
  return known.negated ? not(met) : met;
}

function isAbsent(values: readonly string[], given: ReturnType<RequestContext>): Ternary {
  const [wanted, ...more] = values;
  if (given === "unknown" || more.length > 0) return "unknown";
  if (wanted !== "true" && wanted !== "false") return "unknown";
  return (given === "absent") === (wanted === "true");
}
