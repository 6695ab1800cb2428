import * as path from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { execa } from "execa";

/** How the Automation API runs the CLI; its types leave this method out. */
export interface CommandLine {
  run(
    args: string[],
    folder: string,
    env: Record<string, string>,
    ...rest: unknown[]
  ): Promise<{ readonly stdout: string; readonly stderr: string }>;
}

/** A command of the CLI that did not end well, and has said why on the terminal. */
class CommandFailed extends Error {
  override readonly name = "CommandError";
}

/** Commands that show what they do to resources. */
const SHOWING: readonly string[] = ["preview", "up", "destroy"];

/**
 * The CLI, with this process's terminal for its own where it shows something. The Automation API always
 * reads its output through a pipe, and a CLI that writes to a pipe lists lines in place of its live tree.
 */
export function onTerminal(cli: PulumiCommand): PulumiCommand {
  const own = cli as unknown as CommandLine;
  const run: CommandLine["run"] = async (args, folder, env, ...rest) => {
    if (!SHOWING.includes(args[0] ?? "") || args.includes("--preview-only")) {
      return own.run(args, folder, env, ...rest);
    }
    const { exitCode } = await execa(cli.command, args, {
      cwd: folder,
      env: { ...env, PATH: `${path.dirname(cli.command)}${path.delimiter}${process.env.PATH}` },
      stdio: "inherit",
      reject: false,
    });
    if (exitCode !== 0) throw new CommandFailed(`pulumi ${args[0]} ended with code ${exitCode}`);
    return { stdout: "", stderr: "" };
  };
  return Object.assign(Object.create(cli) as PulumiCommand, { run });
}
