import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import { environment } from "../../../local/engine/engine";
import { stripUserEnvironment } from "../../../local/engine/user-environment";
import { LocalCloud } from "../../../local/server/local-cloud";
import { serve } from "../../../local/server/servers";
import { CloudStore } from "../../../local/server/store";
import { accountIn } from "../../../preflight/simulation/models/model";
import { installLanguageHost } from "../../support/language-host/install";
import { theCli } from "./harness";

/** What the CLI printed, and how it ended. */
export interface Printed {
  readonly code: number | null;
  readonly output: string;
}

/** The Pulumi CLI in a project's folder, as a user runs it, on a local cloud. */
export interface ProjectMode {
  readonly cloud: LocalCloud;
  /** Runs the CLI; the engine runs the program through `Pulumi.yaml` and the language host. */
  readonly pulumi: (...args: readonly string[]) => Promise<Printed>;
}

export interface ProjectModeOptions {
  /** Folder with the `Pulumi.yaml`. State and providers are kept in its `.state`. */
  readonly folder: string;
  /** @default "dev" */
  readonly stack?: string;
  /** Folder with the `node` that runs the program. @default that of this process */
  readonly node?: string;
}

/** Runs `use` with the real CLI, the local cloud and the stand-in for the language host. */
export async function inProjectMode(
  { folder, stack = "dev", node }: ProjectModeOptions,
  use: (project: ProjectMode) => Promise<void>,
): Promise<void> {
  const state = path.join(folder, ".state");
  fs.mkdirSync(state, { recursive: true });
  const cloud = new LocalCloud({
    store: new CloudStore(state),
    account: accountIn("eu-central-1"),
  });
  const { command } = await theCli();
  const providers = await serve(cloud);
  const { ...inherited } = process.env;
  stripUserEnvironment(inherited);
  const env = {
    ...inherited,
    ...environment(state, stack, providers.attach),
    PATH: installLanguageHost(path.join(state, "bin"), node),
  };
  const pulumi = async (...args: readonly string[]): Promise<Printed> => {
    const child = spawn(command, [...args, "--non-interactive", "--color", "never"], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    const [code, ...printed] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    return { code, output: stripVTControlCharacters(printed.join("")) };
  };
  try {
    await use({ cloud, pulumi });
  } finally {
    providers.close();
  }
}
