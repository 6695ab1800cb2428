/** The keys of a section of libpq's service file; `undefined` where the file has no such section. */
export type Service = Readonly<Record<string, string>>;

/**
 * Reads a service file as libpq does: one key a line, the value up to the end of the line, nothing escaped;
 * of equal sections the first counts.
 *
 * @see https://www.postgresql.org/docs/current/libpq-pgservice.html
 */
export function serviceIn(text: string, name: string): Service | undefined {
  let section: Record<string, string> | undefined;
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("[")) {
      if (section !== undefined) return section;
      if (line === `[${name}]`) section = {};
    } else if (section !== undefined) {
      const [key = "", ...value] = line.split("=");
      section[key] = value.join("=");
    }
  }
  return section;
}
