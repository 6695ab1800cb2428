// Runs an example in another language on a local cloud: `npm run example -- python|go`.
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
import { serveLanguage, type Starter } from "../local/engine/language-host";
import { go, python } from "../local/engine/language-programs";
import { ExternalResources } from "../local/server/external-resources";
import { LocalCloud } from "../local/server/local-cloud";
import { serve } from "../local/server/servers";
import { CloudStore } from "../local/server/store";
import { generateSdk } from "./sdk";

const ROOT = path.resolve(__dirname, "..");
const PLUGIN = path.join(ROOT, "components/plugin");
const STACK = "local";

/** Kept, because its packages come from PyPI. */
const VENV = path.join(ROOT, "node_modules/.cache/eks-db-secrets/venv");

/** Makes a program of a language ready to start, in a folder that holds a copy of the example. */
const PREPARATIONS = { python: preparePython, go: prepareGo } as const;

export type Language = keyof typeof PREPARATIONS;

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
    const starter = PREPARATIONS[language](program, await generateSdk(language));
    const cloud = new LocalCloud({
      store: new CloudStore(folder),
      account: accountIn("eu-central-1"),
      externalResources: new ExternalResources(namesIn(readMap(program, `Pulumi.${STACK}.yaml`))),
    });
    isolateGrpcChannels();
    const [servers, host] = [await serve(cloud), await serveLanguage(language, starter)];
    closing.unshift(servers.close, host.close);
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: STACK, workDir: program },
      {
        pulumiCommand: await findCli(),
        envVars: {
          ...environment(folder, STACK, servers.attach),
          PULUMI_DEBUG_LANGUAGES: host.attach,
          PATH: [PLUGIN, path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
        },
      },
    );
    await use({ stack, cloud });
  } finally {
    for (const close of closing) close();
  }
}

/** What the configuration names exists outside the program. */
const namesIn = (value: unknown): readonly string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(namesIn)
      : [];

function preparePython(program: string, sdk: string): Starter {
  const interpreter = path.join(VENV, "bin/python");
  execFileSync("python3", ["-m", "venv", VENV]);
  const install = (...args: readonly string[]) =>
    execFileSync(interpreter, ["-m", "pip", "install", "--quiet", ...args], { stdio: "inherit" });
  install("--requirement", path.join(program, "requirements.txt"));
  install("--no-deps", "--force-reinstall", sdk);
  return python(interpreter);
}

function prepareGo(program: string, sdk: string): Starter {
  const run = (...args: readonly string[]) =>
    execFileSync("go", args, { cwd: program, stdio: "inherit" });
  run("mod", "edit", "-replace", `eks-db-secrets/sdk/go=${sdk}`);
  run("mod", "tidy");
  const executable = path.join(program, "../orders");
  run("build", "-o", executable, ".");
  return go(executable);
}

async function main([language = ""]: readonly string[]): Promise<void> {
  if (!Object.hasOwn(PREPARATIONS, language)) {
    throw new Error(`usage: npm run example -- ${Object.keys(PREPARATIONS).join("|")}`);
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
