import * as fs from "node:fs";
import * as path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { environment } from "../../../local/engine/engine";
import { stripUserEnvironment } from "../../../local/engine/user-environment";
import { LocalCloud } from "../../../local/server/local-cloud";
import { serve } from "../../../local/server/servers";
import { CloudStore } from "../../../local/server/store";
import { accountIn } from "../../../preflight/simulation/models/model";
import { installLanguageHost } from "../../support/language-host/install";
import { type Printed, runCli } from "./run-cli";

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
  const providers = await serve(cloud);
  const { ...inherited } = process.env;
  stripUserEnvironment(inherited);
  const env = {
    ...inherited,
    ...environment(state, stack, providers.attach),
    PATH: installLanguageHost(path.join(state, "bin"), node),
  };
  const pulumi = async (...args: readonly string[]): Promise<Printed> => {
    const { code, output } = await runCli(args, folder, env);
    return { code, output: stripVTControlCharacters(output) };
  };
  try {
    await use({ cloud, pulumi });
  } finally {
    providers.close();
  }
}
