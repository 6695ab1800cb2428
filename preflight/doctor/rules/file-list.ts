import { listing } from "../rule";

/** More than these are no help. */
const MOST_NAMES = 8;

/** Whether a name of a file is a path, or that of a file in the directory at a path. */
export const isAt = (name: string, path: string): boolean =>
  name === path || name.startsWith(`${path}/`);

/** For messages: the files that a class writes. */
export function fileList(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const more = names.length - MOST_NAMES;
  return listing([
    ...names.slice(0, MOST_NAMES).map((name) => `"${name}"`),
    ...(more > 0 ? [`${more} more`] : []),
  ]);
}
