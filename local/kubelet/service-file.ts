/** Bytes of the longest line that libpq takes: its buffer has 1024, with line break and end. */
const LONGEST_LINE = 1021;

/**
 * The settings of a service, as libpq reads them from a connection service file: the lines after
 * `[SERVICE]` up to the next section, each `key=value` with the value as it is up to the end of the
 * line. `undefined` where the service is not in the file, and what is wrong with a line that libpq
 * would refuse, without its content.
 *
 * @see https://github.com/postgres/postgres/blob/REL_18_1/src/interfaces/libpq/fe-connect.c
 */
export function serviceIn(
  content: string,
  service: string,
): ReadonlyMap<string, string> | string | undefined {
  let settings: Map<string, string> | undefined;
  for (const [index, raw] of content.split("\n").entries()) {
    if (Buffer.byteLength(raw) > LONGEST_LINE) return `line ${index + 1} too long`;
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("[")) {
      if (settings !== undefined) return settings;
      if (line.startsWith(`[${service}]`)) settings = new Map();
      continue;
    }
    if (settings === undefined) continue;
    const at = line.indexOf("=");
    if (at < 0) return `syntax error in line ${index + 1}`;
    const key = line.slice(0, at);
    // The first of a key counts.
    if (!settings.has(key)) settings.set(key, line.slice(at + 1));
  }
  return settings;
}
