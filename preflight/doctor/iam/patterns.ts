import { HOLE, UNKNOWN } from "../../simulation/wire/unknown";
import type { Ternary } from "./ternary";

/** Values that only the cloud knows, and policy variables, whose values only the request knows. */
const UNKNOWNS = new RegExp(`${HOLE}|${UNKNOWN}`, "g");
const VARIABLES = /\$\{[^}]*\}?/g;

/** A text in which any characters may be what is not known. */
const opened = (text: string): string => text.replaceAll(UNKNOWNS, "*");
const openedPattern = (pattern: string): string => opened(pattern).replaceAll(VARIABLES, "*");

/**
 * Whether `text` is matched by `pattern`, in which `*` stands for any characters and `?` for one.
 * Where either has a part that is not known, the answer is no, or not known.
 */
export function like(pattern: string, text: string): Ternary {
  const [open, openText] = [openedPattern(pattern), opened(text)];
  // What is not known of the text is matched for certain by wildcards alone.
  if (open === pattern && glob(pattern, text)) return true;
  if (open === pattern && openText === text) return false;
  return meet(open, openText) && "unknown";
}

/** Whether two texts are the same, wildcards or not. */
export function same(value: string, text: string): Ternary {
  if (openedPattern(value) === value && opened(text) === text) return value === text;
  return like(value, text) === false ? false : "unknown";
}

/**
 * Whether the `Resource` pattern of a statement matches an ARN, a part of which may be unknown. AWS
 * recommends wildcards within the segments between colons, and only promises for the last one that
 * it reaches beyond: a match that needs more than that is not certain, and neither is one by a
 * pattern that breaks off early.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceLike(pattern: string, arn: string): Ternary {
  const loose = like(pattern, arn);
  if (loose === "unknown" || pattern === "*") return loose;
  const wanted = segments(pattern);
  const given = segments(arn);
  const isBySegment = wanted.every((segment, index) => glob(segment, given[index] ?? ""));
  if (!isBySegment) return loose && "unknown";
  const isWhole = wanted.length === SEGMENTS || pattern.endsWith("*");
  return isWhole ? loose : "unknown";
}

/**
 * Whether an ARN is matched segment by segment, as `ArnLike` and `ArnEquals` compare.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnLike(pattern: string, arn: string): Ternary {
  const loose = like(pattern, arn);
  if (loose === "unknown") return loose;
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

/** Whether some text is matched by both of two patterns in which `*` stands for any characters. */
function meet(pattern: string, other: string): boolean {
  // Whether the rest of the pattern, from each place on, meets what is left of the other.
  let meets = Array.from({ length: pattern.length + 1 }, (_, p) => /^\**$/.test(pattern.slice(p)));
  for (let o = other.length - 1; o >= 0; o--) {
    const next = meets;
    meets = [];
    for (let p = pattern.length; p >= 0; p--) {
      const [one, two] = [pattern[p], other[o]];
      meets[p] =
        one === "*" || two === "*"
          ? (meets[p + 1] ?? false) || (next[p] ?? false)
          : one !== undefined && (one === "?" || one === two) && (next[p + 1] ?? false);
    }
  }
  return meets[0] ?? false;
}
