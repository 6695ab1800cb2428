import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import type { Stack } from "@pulumi/pulumi/automation";
import { PROJECT } from "../../../local/engine/project";
import { theCli } from "./harness";

export const POLICY_PACK = path.join(PROJECT, "preflight/policy");

export interface Analysis {
  readonly code: number | null;
  /** Enforcement and rule of each violation. */
  readonly violations: readonly string[];
}

/**
 * `pulumi policy analyze` of what stands: of the stack, or of its state in a file that it is exported to,
 * by a CLI that knows neither the stack's backend nor its passphrase.
 */
export async function policyAnalysis(
  stack: Stack,
  { fromFile }: { readonly fromFile?: string } = {},
): Promise<Analysis> {
  const { workDir, envVars = {} } = stack.workspace as typeof stack.workspace & {
    readonly envVars?: Record<string, string>;
  };
  if (fromFile === undefined) {
    return analysis(["--stack", stack.name], workDir, envVars);
  }
  await run(["stack", "export", "--stack", stack.name, "--file", fromFile], workDir, envVars);
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "policy-home-"));
  try {
    return await analysis(["--file", fromFile], home, { PULUMI_HOME: home });
  } finally {
    fs.rmSync(home, { recursive: true });
  }
}

async function analysis(
  args: readonly string[],
  folder: string,
  env: Record<string, string>,
): Promise<Analysis> {
  const command = ["policy", "analyze", ...args, "--policy-pack", POLICY_PACK];
  const { code, printed } = await run(command, folder, env);
  const found = printed.matchAll(/\[(mandatory|advisory)\].*?\s([a-z-]+) {2}\(/g);
  const violations = [...found].map(([, level, rule]) => `${level} ${rule}`);
  if (code !== 0 && violations.length === 0) throw new Error(printed);
  return { code, violations };
}

async function run(args: readonly string[], cwd: string, env: Record<string, string>) {
  const { command } = await theCli();
  const child = spawn(command, [...args, "--non-interactive", "--color", "never"], {
    cwd,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  const [code, ...printed] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
  return { code, printed: printed.join("") };
}
