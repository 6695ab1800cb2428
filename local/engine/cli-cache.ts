import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { version as pinnedVersion } from "pulumi/package.json";

/** The release that is downloaded or built where none is installed; `tools/go.mod` pins the same. */
export const CLI_VERSION = pinnedVersion;

/** The folder of the CLIs: per user, as the XDG base directory specification says. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return path.join(env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "eks-db-secrets");
}

/** The folder of the CLI that an earlier run has downloaded or built. */
export const keptRoot = (env: NodeJS.ProcessEnv): string =>
  path.join(cacheFolder(env), "versions", CLI_VERSION);

/** Moves a complete CLI to the cache. In one step, because another process may look for it. */
export function keep(folder: string, env: NodeJS.ProcessEnv): string {
  const root = keptRoot(env);
  fs.mkdirSync(path.dirname(root), { recursive: true });
  fs.rmSync(root, { recursive: true, force: true });
  fs.renameSync(folder, root);
  return root;
}
