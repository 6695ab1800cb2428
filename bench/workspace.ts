import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { stringify } from "yaml";

const PROJECT = resolve(__dirname, "..");

/** Everything that the measured processes need. */
export interface Workspace {
  /** Command line of the plan for so many apps. */
  readonly plan: (apps: number) => readonly string[];
  /** Command line of the bare program for so many apps. */
  readonly bare: (apps: number) => readonly string[];
  /** Command line that loads the SDKs and does nothing. */
  readonly load: readonly string[];
}

export function prepareWorkspace(folder: string, sizes: readonly number[]): Workspace {
  copyFileSync(join(PROJECT, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  // The program itself, for stacks that are not in its folder.
  writeFileSync(
    join(folder, "index.js"),
    `module.exports = require(${JSON.stringify(join(PROJECT, "index.ts"))});\n`,
  );
  for (const apps of sizes) {
    writeFileSync(join(folder, `Pulumi.${stackName(apps)}.yaml`), stringify(stackSettings(apps)));
  }
  // Beside node_modules, where the compiled programs find the SDKs.
  const compiled = join(PROJECT, "node_modules/.cache/eks-db-secrets/bench");
  mkdirSync(compiled, { recursive: true });
  buildSync({
    entryPoints: ["bare-program.ts", "load-sdks.ts"].map((file) => join(__dirname, file)),
    outdir: compiled,
    format: "cjs",
    logLevel: "error",
  });
  const cli = join(PROJECT, "preflight/cli/main.cjs");
  return {
    plan: (apps) => [cli, "plan", "--cwd", folder, "--stack", stackName(apps), "--format", "json"],
    bare: (apps) => [join(compiled, "bare-program.js"), String(apps)],
    load: [join(compiled, "load-sdks.js")],
  };
}

const stackName = (apps: number): string => `apps-${apps}`;

/** As `Pulumi.dev.yaml`, with so many apps. */
export const stackSettings = (apps: number) => ({
  config: {
    "aws:region": "eu-central-1",
    "eks-db-secrets:network": {
      create: { cidr: "10.20.0.0/16", availabilityZones: 2, natGateways: "single" },
    },
    "eks-db-secrets:cluster": {
      create: { version: "1.35", instanceType: "t3.medium", nodes: { min: 2, max: 4 } },
    },
    "eks-db-secrets:driver": { mode: "helm" },
    "eks-db-secrets:apps": Array.from({ length: apps }, (_, index) => ({
      name: `app-${index + 1}`,
      identity: "podIdentity",
      database: { name: "orders", instanceClass: "db.t4g.small", lifecycle: "disposable" },
    })),
  },
});
