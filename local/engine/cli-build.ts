import * as fs from "node:fs";
import * as path from "node:path";
import { cacheFolder, CLI_VERSION, keep } from "./cli-cache";
import { Interrupted } from "./errors";
import { withProgress } from "./progress";
import { runGroup } from "./subprocess";
import { acquireLock } from "./lock";

const TOOLS = path.resolve(__dirname, "../../tools");
const ASKING_TIMEOUT_MS = 10_000;
const GIB = 2 ** 30;

/** Disk space of the modules, the compiled packages, the linker's files and the program. */
const BUILD_BYTES = 5 * GIB;

/** A program that is built from Go modules. */
export interface GoProgram {
  readonly title: string;
  readonly minutes: number;
  /** Folder of the module that pins what it is built from. */
  readonly module: string;
  /** Its package. */
  readonly source: string;
  /** Name of the executable below `bin/`. */
  readonly name: string;
  readonly ldflags: string;
  /** Moves the folder with the executable to where later runs look for it, and returns that. */
  readonly keep: (root: string, env: NodeJS.ProcessEnv) => string;
}

const CLI: GoProgram = {
  title: `the Pulumi CLI ${CLI_VERSION}`,
  minutes: 6,
  module: TOOLS,
  source: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  name: "pulumi",
  // Without its version the Automation API refuses the CLI.
  ldflags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${CLI_VERSION}`,
  keep,
};

/** Builds the CLI from Pulumi's Go module, and returns its folder. */
export const build = (env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string> =>
  buildGo(CLI, env, signal);

/**
 * Builds a program, however long that takes. Modules, compiled packages and
 * temporary files are kept in one folder, not in the user's own Go caches: an interrupted build leaves
 * them for the next one to continue, a finished one removes them. `SHARE_GO_CACHE` has the user's caches used
 * all the same, for a machine that builds several programs. Returns the folder of the program.
 */
export async function buildGo(
  program: GoProgram,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<string> {
  const folder = path.join(cacheFolder(env), "build");
  const release = acquireLock(`${folder}.lock`, "another command is building it");
  try {
    fs.mkdirSync(folder, { recursive: true });
    checkDisk(folder);
    const root = path.join(folder, "root");
    fs.mkdirSync(path.join(root, "bin"), { recursive: true });
    const what = `building ${program.title} with Go (about ${program.minutes} minutes, once)`;
    await withProgress(what, async (report) => {
      const isShared = env.SHARE_GO_CACHE !== undefined;
      const own = { ...env, ...(!isShared && (await ownFolders(program, folder, env, signal))) };
      await runGroup("go", buildArguments(program, path.join(root, "bin", program.name)), {
        cwd: program.module,
        env: own,
        signal,
        onLines: (packages) => report(`${packages} packages`),
      }).catch(resumable);
    });
    const kept = program.keep(root, env);
    fs.rmSync(folder, { recursive: true, force: true });
    return kept;
  } finally {
    release();
  }
}

const buildArguments = ({ source, ldflags }: GoProgram, binary: string): readonly string[] => [
  "build",
  // Prints each package when it is compiled.
  "-v",
  "-trimpath",
  // Otherwise the modules are read-only, and could not be removed.
  "-modcacherw",
  ...["-ldflags", ldflags],
  ...["-o", binary],
  source,
];

/** What is there when a build fails is not built again. */
function resumable(error: Error): never {
  if (error instanceof Interrupted) throw error;
  throw new Error(`${error.message}; run the command again, and the build continues from there`);
}

/** Go's folders below the build's own. Modules that the user has already are not downloaded again. */
async function ownFolders(
  { module }: GoProgram,
  folder: string,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
) {
  const names = ["GOMODCACHE", "GOPROXY"] as const;
  const asked = await runGroup("go", ["env", "-json", ...names], {
    cwd: module,
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
