import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  LocalWorkspace,
  type PulumiCommand,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import { recordOf } from "../../preflight/simulation/wire/values";
import { accountIn } from "../../preflight/simulation/models/model";
import { ExternalResources } from "../server/external-resources";
import { LocalCloud } from "../server/local-cloud";
import type { LifecycleHooks } from "../server/lifecycle-hooks";
import { serve } from "../server/servers";
import { CloudStore } from "../server/store";
import { commandLine } from "./command-line";
import { Failure } from "./errors";
import { isolateGrpcChannels } from "./grpc-channels";
import { stripUserEnvironment } from "./user-environment";

export interface EngineOptions {
  readonly cli: PulumiCommand;
  /** Holds everything of this stack: state, backend, keys, databases. Nothing is written outside it. */
  readonly folder: string;
  readonly stack: string;
  readonly program: PulumiFn;
  /** Content of `Pulumi.yaml`. */
  readonly project: ProjectFile;
  /** Content of `Pulumi.STACK.yaml`. */
  readonly settings: StackSettings;
  readonly hooks?: LifecycleHooks;
  /** Names, ids and ARNs of resources outside the stack. @default none */
  readonly existing?: readonly string[];
}

export interface ProjectFile {
  readonly name: string;
  readonly [key: string]: unknown;
}

export interface StackSettings {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly encryptionsalt?: string;
}

/** The region of a stack. */
export function regionIn({ config }: StackSettings): string {
  const region = config?.["aws:region"];
  return typeof region === "string" ? region : "eu-central-1";
}

/** The real Pulumi engine on a local cloud. */
export interface Engine {
  readonly stack: Stack;
  readonly cloud: LocalCloud;
  readonly close: () => void;
}

/** Starts the provider servers of a stack's local cloud and opens the stack on the real engine. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { cli, folder, stack: stackName, program, project, settings } = options;
  const { hooks, existing } = options;
  const cloud = new LocalCloud({
    store: new CloudStore(folder),
    account: accountIn(regionIn(settings)),
    externalResources: new ExternalResources(existing),
    hooks,
  });
  const workDir = writeWorkspace(folder, stackName, project, settings);
  isolateGrpcChannels();
  stripUserEnvironment(process.env);
  const servers = await serve(cloud);
  try {
    const stack = await LocalWorkspace.createOrSelectStack(
      { projectName: project.name, stackName, program },
      { workDir, pulumiCommand: cli, envVars: environment(folder, stackName, servers.attach) },
    );
    return { stack, cloud, close: servers.close };
  } catch (error) {
    servers.close();
    throw error;
  }
}

/** The variables that keep the CLI inside `folder`, offline, and attached to the provider servers. */
export function environment(folder: string, stack: string, attach: string): Record<string, string> {
  const backend = path.join(folder, "backend");
  fs.mkdirSync(backend, { recursive: true });
  return {
    PULUMI_DEBUG_PROVIDERS: attach,
    PULUMI_HOME: path.join(folder, "pulumi-home"),
    // Without metadata files: they are not written in one step with the state, and where the CLI is
    // killed in between, the engine can no longer read it.
    PULUMI_BACKEND_URL: `file://${backend}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: passphraseOf(folder, stack, backend),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/**
 * A copy of the project's files for the CLI to write to: it adds the salt of the stack's encryption
 * to the settings, which has no place in the repository.
 */
export function writeWorkspace(
  folder: string,
  stack: string,
  project: ProjectFile,
  settings: StackSettings,
): string {
  const workDir = path.join(folder, "workspace");
  const file = path.join(workDir, `Pulumi.${stack}.yaml`);
  try {
    fs.mkdirSync(workDir, { recursive: true });
    fs.writeFileSync(path.join(workDir, "Pulumi.yaml"), quoted(project));
    fs.writeFileSync(file, quoted({ ...settings, ...saltIn(file) }));
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const why = (cause as Error).message;
    throw new Failure(`${why}; remove ${workDir}, it is written again`, { cause });
  }
  return workDir;
}

/**
 * YAML that the CLI reads as it is meant: outside quotes it takes `0777` for a number, and a date for
 * another string; and it refuses characters that this library leaves unescaped.
 */
const quoted = (content: object): string =>
  stringify(content, {
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "QUOTE_DOUBLE",
    lineWidth: 0,
  }).replace(
    /[\x7f-\x9f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

function saltIn(file: string): Pick<StackSettings, "encryptionsalt"> {
  if (!fs.existsSync(file)) return {};
  try {
    const { encryptionsalt } = recordOf(parse(fs.readFileSync(file, "utf8")));
    return typeof encryptionsalt === "string" ? { encryptionsalt } : {};
  } catch (cause) {
    throw new Failure(`${file} is not valid YAML; remove it, it is written again`, { cause });
  }
}

/** The passphrase of the state's secrets. A new one could not decrypt a state that is there. */
function passphraseOf(folder: string, stack: string, backend: string): string {
  const file = path.join(folder, "passphrase");
  if (!fs.existsSync(file)) {
    if (fs.existsSync(path.join(backend, ".pulumi/stacks"))) {
      throw new Failure(
        `${file} is missing, and the state in ${backend} cannot be decrypted without it; ` +
          `put it back, or remove the stack with: ${commandLine("down", stack, "--force")}`,
      );
    }
    fs.writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  }
  return fs.readFileSync(file, "utf8");
}
