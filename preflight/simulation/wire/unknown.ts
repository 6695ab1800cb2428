import { mapParts } from "./map-parts";

/**
 * How a value that only the cloud could tell travels between program and engine, at a preview.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/inputs-outputs/apply/
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * Stands for an unknown value inside a text that the program made of it, for instance the host in the
 * JSON of a secret. Lower case, digits and hyphens: it goes through URLs and host names unchanged.
 */
export const HOLE = "unknown-04da6b54-80e4-46f7-96ec";

/** Whether a text is unknown, or made of something unknown. */
export const isUnknownText = (text: string): boolean =>
  text.includes(UNKNOWN) || text.includes(HOLE);

/** Whether the value as a whole is a text that is unknown, or made of something unknown. */
export const isLate = (value: unknown): boolean =>
  typeof value === "string" && isUnknownText(value);

/** Whether the value, or any part of it, is unknown. */
export function holdsUnknown(value: unknown): boolean {
  if (typeof value === "string") return isUnknownText(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(holdsUnknown);
}

/** The value with `UNKNOWN` in the place of every text that was made of something unknown. */
export function withoutHoles(value: unknown): unknown {
  if (typeof value === "string") return value.includes(HOLE) ? UNKNOWN : value;
  return typeof value === "object" && value !== null ? mapParts(value, withoutHoles) : value;
}
