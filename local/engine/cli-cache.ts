import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { version as pinnedVersion } from "pulumi/package.json";

/** The release that is fetched or built where none is installed; `tools/go.mod` pins the same. */
export const CLI_VERSION = pinnedVersion;

/** Where CLIs are kept: per user, as the XDG base directory specification says. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return path.join(env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "eks-db-secrets");
}

/** The folder of the CLI that an earlier run has fetched or built. */
export const keptRoot = (env: NodeJS.ProcessEnv): string =>
  path.join(cacheFolder(env), "versions", CLI_VERSION);

/** Keeps the CLI in `folder` from now on. Renamed when it is whole: another run may look for it. */
export function keep(folder: string, env: NodeJS.ProcessEnv): string {
  const root = keptRoot(env);
  fs.mkdirSync(path.dirname(root), { recursive: true });
  fs.rmSync(root, { recursive: true, force: true });
  fs.renameSync(folder, root);
  return root;
}
