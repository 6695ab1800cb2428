import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { theCli } from "./harness";

/** What the CLI printed, and how it ended. */
export interface Printed {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the CLI in a folder, as a program would: it asks nothing, and prints without colours. */
export async function runCli(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Printed> {
  const { command } = await theCli();
  const child = spawn(command, [...args, "--non-interactive", "--color", "never"], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close") as Promise<[number | null]>;
  const [[code], ...printed] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, output: printed.join("") };
}
