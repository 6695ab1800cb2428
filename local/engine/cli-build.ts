import * as fs from "node:fs";
import * as path from "node:path";
import { cacheFolder, CLI_VERSION, keep } from "./cli-cache";
import { withProgress } from "./progress";
import { runGroup } from "./subprocess";
import { acquireLock } from "./lock";

const MODULE = path.resolve(__dirname, "../../tools");
const TIMEOUT_MS = 1_800_000;
const ASKING_TIMEOUT_MS = 10_000;
const GIB = 2 ** 30;

/** What the modules, the compiled packages and the CLI take while it is built. */
const BUILD_BYTES = 3.5 * GIB;

/**
 * Builds the CLI from Pulumi's Go module. Modules and compiled packages are kept beside the CLIs, not
 * in the user's own Go caches: nobody needs them again. A build that is interrupted leaves them for
 * the next to go on with; they go when the CLI is there.
 */
export async function build(env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string> {
  const folder = path.join(cacheFolder(env), "build");
  const release = acquireLock(path.join(folder, "process"), "another command is building it");
  try {
    checkDisk(folder);
    const root = path.join(folder, "root");
    fs.mkdirSync(path.join(root, "bin"), { recursive: true });
    const what = `building the Pulumi CLI ${CLI_VERSION} with Go (about 6 minutes, once)`;
    await withProgress(what, async () => {
      const own = { ...env, ...(await ownCaches(folder, env, signal)) };
      await runGroup("go", buildArguments(path.join(root, "bin/pulumi")), {
        cwd: MODULE,
        env: own,
        timeoutMs: TIMEOUT_MS,
        signal,
      });
    });
    const kept = keep(root, env);
    fs.rmSync(folder, { recursive: true, force: true });
    return kept;
  } finally {
    release();
  }
}

const buildArguments = (binary: string): readonly string[] => [
  "build",
  "-trimpath",
  // Else the files of the modules could not be removed as any others.
  "-modcacherw",
  "-ldflags",
  // Without its version the Automation API refuses the CLI.
  `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${CLI_VERSION}`,
  "-o",
  binary,
  "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
];

/** Go's caches in the build's folder. Modules that the user has are taken from there, not fetched again. */
async function ownCaches(folder: string, env: NodeJS.ProcessEnv, signal?: AbortSignal) {
  const names = ["GOMODCACHE", "GOPROXY"] as const;
  const asked = await runGroup("go", ["env", "-json", ...names], {
    cwd: MODULE,
    env,
    timeoutMs: ASKING_TIMEOUT_MS,
    signal,
  });
  const user = JSON.parse(asked) as Readonly<Record<(typeof names)[number], string>>;
  const downloads = path.join(user.GOMODCACHE, "cache/download");
  return {
    GOCACHE: path.join(folder, "packages"),
    GOMODCACHE: path.join(folder, "modules"),
    ...(fs.existsSync(downloads) && { GOPROXY: `file://${downloads},${user.GOPROXY}` }),
  };
}

/** Throws where the disk is too small for a build, less what an interrupted one has left. */
function checkDisk(folder: string): void {
  const { bavail, bsize } = fs.statfsSync(folder);
  const needed = BUILD_BYTES - sizeOf(folder);
  if (bavail * bsize >= needed) return;
  const [free, more] = [bavail * bsize, needed].map((bytes) => (bytes / GIB).toFixed(1));
  throw new Error(
    `it takes ${more} GiB in ${folder} and there are ${free}; set XDG_CACHE_HOME to a folder with more`,
  );
}

function sizeOf(folder: string): number {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.statSync(path.join(entry.parentPath, entry.name)).size)
    .reduce((sum, size) => sum + size, 0);
}
