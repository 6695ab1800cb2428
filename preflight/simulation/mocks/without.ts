/** The value without what is `absent`, at every depth: a property goes, an item becomes `null`. */
export function without(value: unknown, absent: unknown): unknown {
  if (value === absent) return undefined;
  if (Array.isArray(value)) return value.map((item) => without(item, absent) ?? null);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== absent)
      .map(([key, item]) => [key, without(item, absent)]),
  );
}
