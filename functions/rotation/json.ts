export type Fields = Readonly<Record<string, unknown>>;

/** The object that a text holds as JSON; `undefined` where it holds none. */
export function jsonFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined;
  } catch {
    return undefined;
  }
}
