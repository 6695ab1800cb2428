/** What a server wrote at a start that failed: the line that says why. */
export function causeIn(log: string): string {
  const lines = log.split("\n").filter((line) => line.trim() !== "");
  const fatal = lines.find((line) => /\b(FATAL|PANIC):/.test(line));
  // A configuration is read first, and what is wrong in it told line by line before that.
  const [first] = lines;
  const cause = fatal === undefined || fatal.endsWith("contains errors") ? first : fatal;
  return cause?.replace(/^.*?\b(?:FATAL|PANIC|LOG): +/, "") ?? "it says nothing";
}
