/** Changes of an accepted object, by their paths, and the errors that follow. */
export type Case = readonly [
  changes: Readonly<Record<string, unknown>>,
  ...expected: readonly string[],
];

/** A value is taken away that must be there. */
export const required = (path: string): Case => empty(path, undefined);

/** A value is emptied that must not be. */
export const empty = (path: string, value: unknown): Case => [
  { [path]: value },
  `${path}: Required value`,
];
