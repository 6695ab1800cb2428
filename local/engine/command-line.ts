/** A command as a person types it, e.g. `npm run local:down -- --stack dev --force`. */
export function commandLine(command: string, stack: string, ...options: string[]): string {
  const all = [...(stack === "local" ? [] : ["--stack", stack]), ...options];
  return [`npm run local:${command}`, ...(all.length > 0 ? ["--", ...all] : [])].join(" ");
}
