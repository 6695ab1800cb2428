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

/** The value without its unknown parts: a property has none, an item of a list is `null`. */
export function knownPartOf(value: unknown): unknown {
  if (value === UNKNOWN) return undefined;
  if (!holdsUnknown(value)) return value;
  if (Array.isArray(value)) return value.map((item) => knownPartOf(item) ?? null);
  return Object.fromEntries(
    Object.entries(value as object)
      .filter(([, item]) => item !== UNKNOWN)
      .map(([key, item]) => [key, knownPartOf(item)]),
  );
}
