import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { build } from "./cli-build";
import { cacheFolder, CLI_VERSION, keptRoot } from "./cli-cache";
import { download } from "./cli-download";
import { Failure, Interrupted } from "./errors";

/** The oldest release that `Pulumi.yaml` accepts. */
export const MINIMUM_CLI_VERSION = "3.259.0";

/** A source of the CLI. `root` returns the folder with `bin/pulumi`, or throws why there is none. */
interface CliSource {
  readonly name: string;
  readonly root: () => Promise<string> | string;
}

/** No Pulumi CLI could be found, fetched or built; the message lists what was tried. */
export class NoCli extends Failure {}

/**
 * The Pulumi CLI to use: the one in `PULUMI_ROOT`, and no other, where that is set; else an installed
 * one, the one kept from an earlier run, the official npm package's download, or one built from
 * Pulumi's own Go module. Throws `Interrupted` when `signal` says so.
 */
export async function findCli(
  env: NodeJS.ProcessEnv = process.env,
  signal?: AbortSignal,
): Promise<PulumiCommand> {
  if (env.PULUMI_ROOT) return chosen(env.PULUMI_ROOT);
  const failures: string[] = [];
  for (const source of sources(env, signal)) {
    try {
      return await atLeastMinimum(await source.root());
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      failures.push(`${source.name}: ${firstLine(error)}`);
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

const sources = (env: NodeJS.ProcessEnv, signal: AbortSignal | undefined): readonly CliSource[] => [
  { name: "PATH", root: () => rootOnPath(env) },
  { name: "kept from an earlier run", root: () => kept(env) },
  { name: "npm package pulumi", root: () => download(env, signal) },
  { name: "go build", root: () => build(env, signal) },
];

/** The CLI that the user has chosen: no other one is used in its place. */
async function chosen(root: string): Promise<PulumiCommand> {
  try {
    return await atLeastMinimum(root);
  } catch (error) {
    throw new NoCli(
      `PULUMI_ROOT is '${root}', which has no Pulumi CLI of version ${MINIMUM_CLI_VERSION} or later ` +
        `(${firstLine(error)}); set it to the folder that holds bin/pulumi, or unset it`,
    );
  }
}

async function atLeastMinimum(root: string): Promise<PulumiCommand> {
  const command = await inTemporaryHome(() => PulumiCommand.get({ root }));
  if (command.version === null || command.version.compare(MINIMUM_CLI_VERSION) < 0) {
    throw new Error(`${command.command} is ${String(command.version)}, too old`);
  }
  return command;
}

/**
 * Has what `start` starts write its log of the call to a folder that is removed: without a setting the CLI
 * keeps one for each call, in the user's own home of Pulumi, or in the cache where it is kept there.
 */
async function inTemporaryHome<T>(start: () => Promise<T>): Promise<T> {
  const { PULUMI_HOME } = process.env;
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "pulumi-home-"));
  process.env.PULUMI_HOME = home;
  // Its environment is read before it waits for anything.
  const started = start();
  if (PULUMI_HOME === undefined) delete process.env.PULUMI_HOME;
  else process.env.PULUMI_HOME = PULUMI_HOME;
  try {
    return await started;
  } finally {
    fs.rmSync(home, { recursive: true, force: true });
  }
}

function rootOnPath(env: NodeJS.ProcessEnv): string {
  const folders = (env.PATH ?? "").split(path.delimiter);
  const binary = folders
    .map((folder) => path.join(folder, "pulumi"))
    .filter((file) => fs.existsSync(file))
    // The project's own npm package `pulumi` is a source of its own.
    .find((file) => !fs.realpathSync(file).includes(`${path.sep}node_modules${path.sep}`));
  if (binary === undefined) throw new Error("no pulumi there");
  if (path.basename(path.dirname(binary)) !== "bin") {
    throw new Error(`${binary} is not in a folder named bin; set PULUMI_ROOT instead`);
  }
  return path.resolve(binary, "../..");
}

function kept(env: NodeJS.ProcessEnv): string {
  const root = keptRoot(env);
  // What earlier releases of this project left.
  fs.rmSync(path.join(cacheFolder(env), "logs"), { recursive: true, force: true });
  if (!fs.existsSync(path.join(root, "bin/pulumi"))) {
    throw new Error(`no version ${CLI_VERSION} in ${path.dirname(root)}`);
  }
  return root;
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).trim().split("\n")[0] ?? "";
