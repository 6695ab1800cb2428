import { type Check, isRecord, optional, orLate, record, string } from "./checks";
import type { Problem } from "./problems";

/** What every service that tags are given to here takes. */
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const WORDS = "letters, digits, spaces and the characters _ . : / = + - @";
const MOST = 50;

/** @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
function tagKeyProblem(key: string): string | undefined {
  if (/^aws:/i.test(key)) return "must not start with 'aws:', which AWS keeps for tags of its own";
  return key.length >= 1 && key.length <= 128 && CHARACTERS.test(key)
    ? undefined
    : `must have a key of 1 to 128 ${WORDS}`;
}

const tagValueProblem = (value: string): string | undefined =>
  value.length <= 256 && CHARACTERS.test(value) ? undefined : `must be at most 256 ${WORDS}`;

const countProblem = (keys: readonly string[]): string | undefined =>
  keys.length <= MOST ? undefined : `must be ${MOST} tags at most: a resource has no more`;

/** Tags of AWS resources. */
export const tagsCheck: Check = record(optional(orLate(string(tagValueProblem))), {
  name: tagKeyProblem,
  names: countProblem,
});

/** What AWS would refuse about tags, as far as it is known. */
export const tagProblems = (tags: unknown): readonly Problem[] =>
  isRecord(tags) ? tagsCheck("tags", tags) : [];
