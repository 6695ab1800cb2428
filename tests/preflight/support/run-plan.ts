import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { childEnvironment } from "../../support/child-environment";

export const PROJECT = resolve(__dirname, "../../..");

/** A program of raw resources with stacks that work, fail, wait and are refused. */
export const RAW = join(PROJECT, "tests/preflight/fixtures/raw");

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in a process of its own, as `npm run plan -- ARGS` does. */
export function runPlan(
  args: readonly string[],
  nodeFlags: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Run {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...nodeFlags, join(PROJECT, "preflight/cli/main.cjs"), "plan", ...args],
    {
      encoding: "utf8",
      cwd: PROJECT,
      env: { ...childEnvironment(), ...env },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return { code: status, stdout, stderr };
}

/** A folder that is there for one test. */
export function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A folder where the project's own program has one more stack, with these settings. */
export function withStack<T>(settings: string, use: (folder: string) => T): T {
  return withFolder((folder) => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: eks-db-secrets\nruntime: nodejs\n");
    writeFileSync(join(folder, "Pulumi.dev.yaml"), settings);
    const program = JSON.stringify(join(PROJECT, "index.ts"));
    writeFileSync(join(folder, "index.js"), `module.exports = require(${program});\n`);
    return use(folder);
  });
}
