import * as fs from "node:fs";
import * as path from "node:path";
import { cacheFolder, CLI_VERSION, keep } from "./cli-cache";
import { Interrupted } from "./errors";
import { withProgress } from "./progress";
import { runGroup } from "./subprocess";
import { acquireLock } from "./lock";

const MODULE = path.resolve(__dirname, "../../tools");
const ASKING_TIMEOUT_MS = 10_000;
const GIB = 2 ** 30;

/** Disk space of the modules, the compiled packages, the linker's files and the CLI. */
const BUILD_BYTES = 5 * GIB;

/**
 * Builds the CLI from Pulumi's Go module, however long that takes. Modules, compiled packages and
 * temporary files are kept in one folder, not in the user's own Go caches: an interrupted build leaves
 * them for the next one to continue, a finished one removes them. Returns the folder of the CLI.
 */
export async function build(env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string> {
  const folder = path.join(cacheFolder(env), "build");
  const release = acquireLock(`${folder}.lock`, "another command is building it");
  try {
    fs.mkdirSync(folder, { recursive: true });
    checkDisk(folder);
    const root = path.join(folder, "root");
    fs.mkdirSync(path.join(root, "bin"), { recursive: true });
    const what = `building the Pulumi CLI ${CLI_VERSION} with Go (about 6 minutes, once)`;
    await withProgress(what, async (report) => {
      const own = { ...env, ...(await ownFolders(folder, env, signal)) };
      await runGroup("go", buildArguments(path.join(root, "bin/pulumi")), {
        cwd: MODULE,
        env: own,
        signal,
        onLines: (packages) => report(`${packages} packages`),
      }).catch(resumable);
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
  // Prints each package when it is compiled.
  "-v",
  "-trimpath",
  // Otherwise the modules are read-only, and could not be removed.
  "-modcacherw",
  "-ldflags",
  // Without its version the Automation API refuses the CLI.
  `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${CLI_VERSION}`,
  "-o",
  binary,
  "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
];

/** What is there when a build fails is not built again. */
function resumable(error: Error): never {
  if (error instanceof Interrupted) throw error;
  throw new Error(`${error.message}; run the command again, and the build continues from there`);
}

/** Go's folders below the build's own. Modules that the user has already are not downloaded again. */
async function ownFolders(folder: string, env: NodeJS.ProcessEnv, signal?: AbortSignal) {
  const names = ["GOMODCACHE", "GOPROXY"] as const;
  const asked = await runGroup("go", ["env", "-json", ...names], {
    cwd: MODULE,
    env,
    timeoutMs: ASKING_TIMEOUT_MS,
    signal,
  });
  const user = JSON.parse(asked) as Readonly<Record<(typeof names)[number], string>>;
  const temporary = path.join(folder, "temporary");
  // A killed build leaves its files there.
  fs.rmSync(temporary, { recursive: true, force: true });
  fs.mkdirSync(temporary);
  const downloads = path.join(user.GOMODCACHE, "cache/download");
  return {
    GOCACHE: path.join(folder, "packages"),
    GOMODCACHE: path.join(folder, "modules"),
    GOTMPDIR: temporary,
    ...(fs.existsSync(downloads) && { GOPROXY: `file://${downloads},${user.GOPROXY}` }),
  };
}

/** Throws where the disk lacks space for a build; what an interrupted one has left is deducted. */
function checkDisk(folder: string): void {
  const { bavail, bsize } = fs.statfsSync(folder);
  const needed = BUILD_BYTES - sizeOf(folder);
  if (bavail * bsize >= needed) return;
  const [free, more] = [bavail * bsize, needed].map((bytes) => (bytes / GIB).toFixed(1));
  throw new Error(
    `it needs ${more} GiB in ${folder}, and ${free} GiB are free; set XDG_CACHE_HOME to a folder with more`,
  );
}

function sizeOf(folder: string): number {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.statSync(path.join(entry.parentPath, entry.name)).size)
    .reduce((sum, size) => sum + size, 0);
}
