import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { execa } from "execa";
import { version as pinnedVersion } from "pulumi/package.json";
import { withProgress } from "./progress";

/** The release that is fetched or built where none is installed; `tools/go.mod` pins the same. */
export const CLI_VERSION = pinnedVersion;

/** The oldest release that `Pulumi.yaml` accepts. */
export const MINIMUM_CLI_VERSION = "3.259.0";

const REPOSITORY = path.resolve(__dirname, "../..");
const DOWNLOAD_TIMEOUT_MS = 180_000;
const BUILD_TIMEOUT_MS = 1_800_000;

/** One way to a CLI. Returns its folder (the one that holds `bin/pulumi`), or throws why there is none. */
interface Way {
  readonly name: string;
  readonly root: () => Promise<string> | string;
}

/** No Pulumi CLI could be found, fetched or built; the message lists what was tried. */
export class NoCli extends Error {
  override readonly name = "NoCli";
}

/**
 * The Pulumi CLI to use: an installed one, the one kept from an earlier run, the official npm
 * package's download, or one built from Pulumi's own Go module.
 */
export async function findCli(env: NodeJS.ProcessEnv = process.env): Promise<PulumiCommand> {
  const failures: string[] = [];
  for (const way of ways(env)) {
    try {
      return await atLeastMinimum(await way.root());
    } catch (error) {
      failures.push(`${way.name}: ${firstLine(error)}`);
    }
  }
  throw new NoCli(
    [
      `no Pulumi CLI of version ${MINIMUM_CLI_VERSION} or later; tried:`,
      ...failures.map((failure) => `  - ${failure}`),
      "install it (https://www.pulumi.com/docs/install/), set PULUMI_ROOT to its folder, " +
        "or install Go (https://go.dev/dl/) to have it built",
    ].join("\n"),
  );
}

const ways = (env: NodeJS.ProcessEnv): readonly Way[] => [
  { name: "PULUMI_ROOT", root: () => required(env.PULUMI_ROOT, "not set") },
  { name: "PATH", root: () => rootOnPath(env) },
  { name: "kept from an earlier run", root: () => kept(env) },
  { name: "npm package pulumi", root: () => download(env) },
  { name: "go build", root: () => build(env) },
];

/** Where CLIs are kept: per user, as the XDG base directory specification says. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return path.join(env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "eks-db-secrets");
}

/** The npm package keeps releases in `versions/` under `PULUMI_HOME`; a built one goes there as well. */
const keptRoot = (env: NodeJS.ProcessEnv): string =>
  path.join(cacheFolder(env), "versions", CLI_VERSION);

async function atLeastMinimum(root: string): Promise<PulumiCommand> {
  const command = await PulumiCommand.get({ root });
  if (command.version === null || command.version.compare(MINIMUM_CLI_VERSION) < 0) {
    throw new Error(`${command.command} is ${String(command.version)}, too old`);
  }
  return command;
}

function rootOnPath(env: NodeJS.ProcessEnv): string {
  const folders = (env.PATH ?? "").split(path.delimiter);
  const binary = folders
    .map((folder) => path.join(folder, "pulumi"))
    .filter((file) => fs.existsSync(file))
    // npm puts this project's own `pulumi` package there: it is another way, further down.
    .find((file) => !fs.realpathSync(file).includes(`${path.sep}node_modules${path.sep}`));
  const found = required(binary, "no pulumi there");
  if (path.basename(path.dirname(found)) !== "bin") {
    throw new Error(`${found} is not in a folder named bin; set PULUMI_ROOT instead`);
  }
  return path.resolve(found, "../..");
}

function kept(env: NodeJS.ProcessEnv): string {
  const root = keptRoot(env);
  if (!fs.existsSync(path.join(root, "bin/pulumi"))) throw new Error(`nothing in ${root}`);
  return root;
}

async function download(env: NodeJS.ProcessEnv): Promise<string> {
  await withProgress(`fetching the Pulumi CLI ${CLI_VERSION}`, async () => {
    const result = await execa(process.execPath, [require.resolve("pulumi/run.js"), "version"], {
      env: { ...env, PULUMI_HOME: cacheFolder(env), PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeout: DOWNLOAD_TIMEOUT_MS,
      reject: false,
    });
    if (result.failed) throw new Error(lastLine(result.stderr) || result.shortMessage || "failed");
  });
  return keptRoot(env);
}

async function build(env: NodeJS.ProcessEnv): Promise<string> {
  const root = keptRoot(env);
  const binary = path.join(root, "bin/pulumi");
  fs.mkdirSync(path.dirname(binary), { recursive: true });
  const unfinished = `${binary}.${process.pid}`;
  const what = `building the Pulumi CLI ${CLI_VERSION} with Go (about 5 minutes, once)`;
  try {
    await withProgress(what, async () => {
      const result = await execa(
        "go",
        [
          "build",
          "-trimpath",
          "-ldflags",
          `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${CLI_VERSION}`,
          "-o",
          unfinished,
          "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        ],
        { cwd: path.join(REPOSITORY, "tools"), env, timeout: BUILD_TIMEOUT_MS, reject: false },
      );
      if (result.failed)
        throw new Error(lastLine(result.stderr) || result.shortMessage || "failed");
    });
    // Renamed only when whole: another run may be looking for it.
    fs.renameSync(unfinished, binary);
  } finally {
    fs.rmSync(unfinished, { force: true });
  }
  return root;
}

function required(value: string | undefined, otherwise: string): string {
  if (value === undefined || value === "") throw new Error(otherwise);
  return value;
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).trim().split("\n")[0] ?? "";

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";
