import type { Ternary } from "./ternary";

/** `${…}`: a policy variable, whose value only the request knows. */
const VARIABLE = "${";

/**
 * Whether `text` is matched by `pattern`, in which `*` stands for any characters and `?` for one.
 * A pattern with a policy variable cannot be told.
 */
export function like(pattern: string, text: string): Ternary {
  return pattern.includes(VARIABLE) ? "unknown" : glob(pattern, text);
}

/** Whether two texts are the same, unless the first holds a policy variable. */
export function same(value: string, text: string): Ternary {
  return value.includes(VARIABLE) ? "unknown" : value === text;
}

/**
 * Whether the `Resource` pattern of a statement matches an ARN. AWS recommends wildcards within the
 * segments between colons, and only promises for the last one that it reaches beyond: a match that
 * needs more than that cannot be told.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceLike(pattern: string, arn: string): Ternary {
  const loose = like(pattern, arn);
  if (loose !== true || pattern.endsWith("*")) return loose;
  return arnLike(pattern, arn) === true ? true : "unknown";
}

/**
 * Whether an ARN is matched segment by segment, as `ArnLike` and `ArnEquals` compare.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnLike(pattern: string, arn: string): Ternary {
  if (pattern.includes(VARIABLE)) return "unknown";
  const wanted = segments(pattern);
  const given = segments(arn);
  if (wanted.length !== SEGMENTS || given.length !== SEGMENTS) return "unknown";
  return wanted.every((segment, index) => glob(segment, given[index] ?? ""));
}

const SEGMENTS = 6;

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; the resource may hold colons of its own. */
function segments(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= SEGMENTS
    ? parts
    : [...parts.slice(0, SEGMENTS - 1), parts.slice(SEGMENTS - 1).join(":")];
}

/** Linear in practice: only the last `*` is ever reconsidered. */
function glob(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    // The star first: the text may hold one as well.
    if (pattern[p] === "*") {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
