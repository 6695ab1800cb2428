// Runs an example in another language on a local cloud: `npm run example -- python|go|yaml`.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { accountIn } from "../preflight/simulation/models/model";
import { readMap } from "../preflight/simulation/program/stack-file";
import { findCli } from "../local/engine/cli";
import { environment } from "../local/engine/engine";
import { isolateGrpcChannels } from "../local/engine/grpc-channels";
import { serveLanguage } from "../local/engine/language-host";
import { go, python } from "../local/engine/language-programs";
import { ExternalResources, stringsIn } from "../local/server/external-resources";
import { LocalCloud } from "../local/server/local-cloud";
import { serve } from "../local/server/servers";
import { CloudStore } from "../local/server/store";
import { folderOf, YAML_HOST } from "./go-tools";
import { generateSdk } from "./sdk";

const ROOT = path.resolve(__dirname, "..");
const PLUGIN = path.join(ROOT, "components/plugin");
const STACK = "local";

/** Kept, because its packages come from PyPI. */
const VENV = path.join(ROOT, "node_modules/.cache/eks-db-secrets/venv");

/** What an engine needs to run the programs of a language. */
interface Runtime {
  /** `PULUMI_DEBUG_LANGUAGES`, for a stand-in of the language's host. */
  readonly attach?: string;
  /** Folder of the language's host. */
  readonly path?: string;
  readonly close?: () => void;
}

/** Makes a program of a language ready to start, in a folder that holds a copy of the example. */
const PREPARATIONS = { python: preparePython, go: prepareGo, yaml: prepareYaml } as const;

export type Language = keyof typeof PREPARATIONS;

export const LANGUAGES = Object.keys(PREPARATIONS) as readonly Language[];

/** An example at work: the stack of a real `pulumi up`, and the cloud that it is in. */
export interface RunningExample {
  readonly stack: Stack;
  readonly cloud: LocalCloud;
}

/** Runs `use` with an example in a folder of its own; nothing of it stays. */
export async function withExample(
  language: Language,
  use: (example: RunningExample) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "example-"));
  const closing = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const program = path.join(folder, "program");
    cpSync(path.join(ROOT, "examples", language), program, { recursive: true });
    execFileSync(process.execPath, [path.join(ROOT, "scripts/build-packages.cjs"), "components"]);
    const runtime = await PREPARATIONS[language](program);
    if (runtime.close !== undefined) closing.unshift(runtime.close);
    const cloud = new LocalCloud({
      store: new CloudStore(folder),
      account: accountIn("eu-central-1"),
      // What the configuration names exists outside the program.
      externalResources: new ExternalResources(stringsIn(readMap(program, `Pulumi.${STACK}.yaml`))),
    });
    isolateGrpcChannels();
    const servers = await serve(cloud);
    closing.unshift(servers.close);
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: STACK, workDir: program },
      {
        pulumiCommand: await findCli(),
        envVars: {
          ...environment(folder, STACK, servers.attach),
          ...(runtime.attach !== undefined && { PULUMI_DEBUG_LANGUAGES: runtime.attach }),
          PATH: [PLUGIN, runtime.path, path.dirname(process.execPath), process.env.PATH]
            .filter((folder) => folder !== undefined)
            .join(path.delimiter),
        },
      },
    );
    await use({ stack, cloud });
  } finally {
    for (const close of closing) close();
  }
}

async function preparePython(program: string): Promise<Runtime> {
  const sdk = await generateSdk("python");
  const interpreter = path.join(VENV, "bin/python");
  execFileSync("python3", ["-m", "venv", VENV]);
  const install = (...args: readonly string[]) =>
    execFileSync(interpreter, ["-m", "pip", "install", "--quiet", ...args], { stdio: "inherit" });
  install("--requirement", path.join(program, "requirements.txt"));
  install("--no-deps", "--force-reinstall", sdk);
  return serveLanguage("python", python(interpreter));
}

async function prepareGo(program: string): Promise<Runtime> {
  const sdk = await generateSdk("go");
  const run = (...args: readonly string[]) =>
    execFileSync("go", args, { cwd: program, stdio: "inherit" });
  run("mod", "edit", "-replace", `eks-db-secrets/sdk/go=${sdk}`);
  run("mod", "tidy");
  const executable = path.join(program, "../orders");
  // As the CLI is built: what it has compiled is not compiled again, where they share a cache.
  run("build", "-trimpath", "-o", executable, ".");
  return serveLanguage("go", go(executable));
}

/** No SDK: the host reads the plugin's schema. */
async function prepareYaml(): Promise<Runtime> {
  return { path: await folderOf(YAML_HOST) };
}

async function main([language = ""]: readonly string[]): Promise<void> {
  if (!Object.hasOwn(PREPARATIONS, language)) {
    throw new Error(`usage: npm run example -- ${LANGUAGES.join("|")}`);
  }
  await withExample(language as Language, async ({ stack }) => {
    const onOutput = (text: string) => void process.stdout.write(text);
    await stack.up({ onOutput });
    await stack.destroy({ onOutput });
  });
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
