/**
 * Says what a service would refuse about a value, or nothing. It never quotes the value, which may be
 * a secret, and is not asked about one that is unknown.
 */
export type ValueRule = (value: unknown) => string | undefined;

/** One of a fixed set; a number may be written as text. */
export const oneOf =
  (...allowed: readonly (string | number)[]): ValueRule =>
  (value) =>
    allowed.some((one) => one === value || (typeof one === "number" && one === wholeNumber(value)))
      ? undefined
      : `must be one of ${allowed.map(String).join(", ")}`;

/** A whole number, which may be written as text; `NaN` for all else. */
export const wholeNumber = (value: unknown): number =>
  Number.isInteger(value) || (typeof value === "string" && /^-?\d+$/.test(value))
    ? Number(value)
    : NaN;

/** A whole number of a range, both ends included. */
export const between =
  (least: number, most: number): ValueRule =>
  (value) => {
    const number = wholeNumber(value);
    return number >= least && number <= most
      ? undefined
      : `must be a whole number from ${least} to ${most}`;
  };

/** A whole number that is not below `least`. */
export const atLeast =
  (least: number): ValueRule =>
  (value) =>
    wholeNumber(value) >= least ? undefined : `must be a whole number, ${least} or more`;

/** A number of a range in steps of a half, both ends included. */
export const halfSteps =
  (least: number, most: number): ValueRule =>
  (value) =>
    typeof value === "number" && value >= least && value <= most && Number.isInteger(value * 2)
      ? undefined
      : `must be a number from ${least} to ${most}, in steps of 0.5`;

/** Text of a form; `words` complete the sentence "must …". */
export const form =
  (pattern: RegExp, words: string): ValueRule =>
  (value) =>
    typeof value === "string" && pattern.test(value) ? undefined : `must ${words}`;

/** Text, or a list, of so many characters or items. */
export const sized =
  (least: number, most: number): ValueRule =>
  (value) => {
    const { length } = value as { readonly length?: number };
    if (typeof length === "number" && length >= least && length <= most) return undefined;
    const what = Array.isArray(value) ? "items" : "characters";
    return `must have ${least} to ${most} ${what}`;
  };

/** Several rules; the error of the first that has one. */
export const all =
  <T = unknown>(...rules: readonly ((value: T) => string | undefined)[]) =>
  (value: T): string | undefined => {
    for (const rule of rules) {
      const error = rule(value);
      if (error !== undefined) return error;
    }
    return undefined;
  };

/** A document in JSON, whatever it holds. */
export const jsonValue: ValueRule = (value) => {
  try {
    JSON.parse(String(value));
    return undefined;
  } catch {
    return "must be JSON, and does not parse";
  }
};

/** A document in JSON whose top is an object. */
export const jsonObject = all(jsonValue, (value) => {
  const parsed: unknown = JSON.parse(String(value));
  const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
  return isObject ? undefined : "must be a JSON object";
});
