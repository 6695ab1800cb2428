import * as fs from "node:fs";
import * as path from "node:path";
import { cacheFolder, CLI_VERSION, keep } from "./cli-cache";
import { withProgress } from "./progress";
import { runGroup } from "./subprocess";

const TIMEOUT_MS = 180_000;

/** Downloads the CLI with the official npm package, which runs Pulumi's own install script. */
export async function download(env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string> {
  // The script writes file by file to `versions/` under `PULUMI_HOME`, so it gets its own.
  const home = path.join(cacheFolder(env), `download-${process.pid}`);
  try {
    await withProgress(`downloading the Pulumi CLI ${CLI_VERSION}`, () =>
      runGroup(process.execPath, [require.resolve("pulumi/run.js"), "version"], {
        env: { ...env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
        timeoutMs: TIMEOUT_MS,
        signal,
      }),
    );
    return keep(path.join(home, "versions", CLI_VERSION), env);
  } finally {
    fs.rmSync(home, { recursive: true, force: true });
  }
}
