/** The texts in a JSON, each with the key that it stands under; `undefined` for what is no JSON. */
export function jsonLeaves(
  json: string,
): readonly (readonly [key: string, text: string])[] | undefined {
  const found: (readonly [string, string])[] = [];
  try {
    JSON.parse(json, (key, value: unknown) => {
      if (typeof value === "string") found.push([key, value]);
      return value;
    });
  } catch {
    return undefined;
  }
  return found;
}
