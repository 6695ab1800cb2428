import * as path from "node:path";
import { CommandError, type PulumiCommand } from "@pulumi/pulumi/automation";
import { execa } from "execa";

/** How the Automation API runs the CLI; its types leave this method out. */
export interface CommandLine {
  run(
    args: string[],
    folder: string,
    env: Record<string, string>,
    onOutput?: (text: string) => void,
    onError?: (text: string) => void,
    signal?: AbortSignal,
  ): Promise<{ readonly stdout: string; readonly stderr: string }>;
}

/** Whether both standard input and output are a terminal. */
export const hasTerminal = (): boolean => process.stdin.isTTY && process.stdout.isTTY;

/** Commands with a progress display. */
const WITH_DISPLAY: readonly string[] = ["preview", "up", "destroy"];

/**
 * The CLI with this process's terminal for its progress display. The Automation API always reads its
 * output through a pipe, and into a pipe the CLI prints lines in place of its live tree.
 */
export function onTerminal(cli: PulumiCommand): PulumiCommand {
  const own = cli as unknown as CommandLine;
  const run: CommandLine["run"] = async (args, folder, env, onOutput, onError, signal) => {
    const [command = ""] = args;
    if (!WITH_DISPLAY.includes(command) || args.includes("--preview-only")) {
      return own.run(args, folder, env, onOutput, onError, signal);
    }
    const running = execa(cli.command, args, {
      cwd: folder,
      env: { ...env, PATH: `${path.dirname(cli.command)}${path.delimiter}${process.env.PATH}` },
      stdio: "inherit",
      reject: false,
    });
    signal?.addEventListener("abort", () => running.kill("SIGINT"));
    const { exitCode, signal: killed } = await running;
    if (killed !== undefined) throw new CommandError(`pulumi ${command} was killed with ${killed}`);
    if (exitCode !== 0) throw new CommandError(`pulumi ${command} ended with code ${exitCode}`);
    return { stdout: "", stderr: "" };
  };
  return Object.assign(Object.create(cli) as PulumiCommand, { run });
}
