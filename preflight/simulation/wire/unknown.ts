/**
 * How a value that only the cloud could tell travels between program and engine, at a preview.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/inputs-outputs/apply/
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether the value, or any part of it, is unknown. */
export function holdsUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === UNKNOWN;
  return Object.values(value).some(holdsUnknown);
}
