const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?)$/;

/**
 * The string that Go writes of a date or a time, which is what a program gets of one that is not in
 * quotes; `undefined` where a string is none. Where the machine's own time zone has the same offset,
 * Go writes its name in place of the last word.
 *
 * @see https://github.com/go-yaml/yaml/blob/v3.0.1/resolve.go `parseTimestamp`
 * @see https://pkg.go.dev/time#Time.String
 */
export function timestamp(text: string): string | undefined {
  const date = DATE.exec(text);
  if (date !== null) return written(date.slice(1), [], undefined, "Z");
  const time = TIME.exec(text);
  if (time === null) return undefined;
  const [year, month, day, h1, m1, s1, fraction1, zone, h2, m2, s2, fraction2] = time.slice(1);
  return written(
    [year, month, day],
    [h1 ?? h2, m1 ?? m2, s1 ?? s2],
    fraction1 ?? fraction2,
    zone ?? "Z",
  );
}

type Parts = readonly (string | undefined)[];

function written(
  date: Parts,
  time: Parts,
  fraction: string | undefined,
  zone: string,
): string | undefined {
  const [year = 0, month = 0, day = 0] = date.map(Number);
  const [hour = 0, minute = 0, second = 0] = time.map(Number);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= days;
  if (!exists || hour > 23 || minute > 59 || second > 59) return undefined;
  const two = (part: number): string => String(part).padStart(2, "0");
  const parts = (fraction ?? "").slice(0, 9).replace(/0+$/, "");
  const offset = zone.replace(":", "");
  return [
    [date[0], two(month), two(day)].join("-"),
    [hour, minute, second].map(two).join(":") + (parts === "" ? "" : `.${parts}`),
    zone === "Z" ? "+0000 UTC" : `${offset} ${offset}`,
  ].join(" ");
}
