/**
 * Plain data with `map` applied to each item of a list, or to each property of an object: itself where
 * that changes nothing. What is no plain data stays as it is.
 */
export function mapParts(value: object, map: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    let items: unknown[] | undefined;
    for (const [index, item] of (value as readonly unknown[]).entries()) {
      const mapped = map(item);
      if (mapped !== item) (items ??= [...(value as readonly unknown[])])[index] = mapped;
    }
    return items ?? value;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  let properties: Record<string, unknown> | undefined;
  // Without lists of keys or entries: every resource is looked through many times.
  for (const key in value) {
    const item = (value as Readonly<Record<string, unknown>>)[key];
    const mapped = map(item);
    if (mapped !== item) (properties ??= { ...value } as Record<string, unknown>)[key] = mapped;
  }
  return properties ?? value;
}
