import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { parse } from "yaml";
import { findCli } from "../engine/cli";
import { type Engine, openEngine, type ProjectFile, type StackFile } from "../engine/engine";
import { type Machine, openMachine } from "../engine/machine";
import { sayOnStderr } from "../engine/progress";
import { recover } from "../engine/recovery";
import { listStacks } from "../mocks/stack-file";
import { CloudStore } from "../server/store";

/** A mistake of the person at the keyboard: its message is all they need. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const PROJECT = path.resolve(__dirname, "../..");
const ROOT = path.join(PROJECT, ".local");

/** Where everything of a local stack is kept. */
export const stackFolder = (stack: string): string => path.join(ROOT, stack);

/** What exists of a local stack, without the engine. */
export interface Standing {
  readonly machine: Machine;
  readonly store: CloudStore;
}

/** Opens a stack that `local:up` has made; starts its databases where they do not run. */
export async function openStanding(stack: string): Promise<Standing> {
  const folder = stackFolder(stack);
  if (!fs.existsSync(folder)) {
    throw new UsageError(`there is no local stack '${stack}'; make it with: npm run local:up`);
  }
  const machine = await openMachine(folder);
  const store = new CloudStore(folder);
  await machine.databases.startAll(store);
  return { machine, store };
}

/** Opens a stack on the engine, after it has cleared what an interrupted run left. */
export async function openSession(stack: string): Promise<Engine & { readonly machine: Machine }> {
  const settings = settingsOf(stack);
  const cli = await findCli();
  const folder = stackFolder(stack);
  const machine = await openMachine(folder);
  const project = readYaml("Pulumi.yaml") as ProjectFile;
  const engine = await openEngine({
    cli,
    folder,
    stack,
    project,
    settings: withAuthority(project.name, settings, machine.authority.certificate),
    program: loadProgram,
    reactions: machine.reactions,
  });
  try {
    await recover(engine, machine, folder, sayOnStderr);
    await machine.databases.startAll(engine.cloud.store);
    return { ...engine, machine };
  } catch (error) {
    engine.close();
    throw error;
  }
}

/** Removes the folder of a stack, and the one around it with the last. */
export function removeFolder(stack: string): void {
  fs.rmSync(stackFolder(stack), { recursive: true, force: true });
  if (fs.existsSync(ROOT) && fs.readdirSync(ROOT).length === 0) fs.rmdirSync(ROOT);
}

function settingsOf(stack: string): StackFile {
  const stacks = listStacks(PROJECT);
  if (!stacks.includes(stack)) {
    throw new UsageError(`no stack '${stack}'; there are: ${stacks.join(", ")}`);
  }
  return readYaml(`Pulumi.${stack}.yaml`) as StackFile;
}

/** The apps trust the authority of the local databases, unless the stack names another. */
function withAuthority(project: string, settings: StackFile, caBundle: string): StackFile {
  const config = settings.config ?? {};
  const key = `${project}:caBundle`;
  if (key in config || `${key}File` in config) return settings;
  return { ...settings, config: { ...config, [key]: caBundle } };
}

const readYaml = (file: string): unknown =>
  parse(fs.readFileSync(path.join(PROJECT, file), "utf8"));

/** Runs `index.ts` anew: the engine runs a program once for each preview and each update. */
function loadProgram(): Promise<Record<string, unknown>> {
  const load = createRequire(path.join(PROJECT, "package.json"));
  const ours = Object.keys(load.cache).filter(
    (file) =>
      file.startsWith(PROJECT) &&
      !file.includes(`${path.sep}node_modules${path.sep}`) &&
      !file.startsWith(path.join(PROJECT, "local")),
  );
  for (const file of ours) {
     
    delete load.cache[file];
  }
  return Promise.resolve(load(PROJECT) as Record<string, unknown>);
}
