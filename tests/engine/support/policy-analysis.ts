import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { PROJECT } from "../../../local/engine/project";
import { runCli } from "./run-cli";

/** For Pulumi's host of policy packs. */
export const POLICY_PACK = path.join(PROJECT, "preflight/policy");

/** The same, which needs no host. */
export const POLICY_EXECUTABLE = path.join(POLICY_PACK, "pulumi-analyzer-eks-db-secrets");

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

/** Enforcement and rule of each violation that the CLI printed. */
export const violationsIn = (printed: string): readonly string[] =>
  [...printed.matchAll(/\[(mandatory|advisory)\].*?\s([a-z-]+) {2}\(/g)].map(
    ([, level, rule]) => `${level} ${rule}`,
  );

async function analysis(
  args: readonly string[],
  folder: string,
  env: Record<string, string>,
): Promise<Analysis> {
  const command = ["policy", "analyze", ...args, "--policy-pack", POLICY_EXECUTABLE];
  const { code, output } = await run(command, folder, env);
  const violations = violationsIn(output);
  if (code !== 0 && violations.length === 0) throw new Error(output);
  return { code, violations };
}

const run = (args: readonly string[], folder: string, env: Record<string, string>) =>
  runCli(args, folder, { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true", ...env });
