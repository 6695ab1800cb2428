/** The cause of a failed start, from the server's log. */
export function causeIn(log: string): string {
  const lines = log.split("\n").filter((line) => line.trim() !== "");
  const fatal = lines.find((line) => /\b(FATAL|PANIC):/.test(line));
  // Errors of the configuration file are logged one by one before the fatal line.
  const [first] = lines;
  const cause = fatal === undefined || fatal.endsWith("contains errors") ? first : fatal;
  return cause?.replace(/^.*?\b(?:FATAL|PANIC|LOG): +/, "") ?? "its log is empty";
}
