import { mapParts } from "../wire/map-parts";

/** The value without what is `absent`, at every depth: a property goes, an item becomes `null`. */
export function without(value: unknown, absent: unknown): unknown {
  if (value === absent) return undefined;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return mapParts(value, (item) => without(item, absent) ?? null);
  const kept = Object.values(value).includes(absent)
    ? Object.fromEntries(Object.entries(value).filter(([, item]) => item !== absent))
    : value;
  return mapParts(kept, (item) => without(item, absent));
}
