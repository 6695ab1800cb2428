import { listing } from "../rule";

/** More than these are no help. */
const MOST_NAMES = 8;

/** For messages: the files that a class writes. */
export function fileList(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const more = names.length - MOST_NAMES;
  return listing([
    ...names.slice(0, MOST_NAMES).map((name) => `"${name}"`),
    ...(more > 0 ? [`${more} more`] : []),
  ]);
}
