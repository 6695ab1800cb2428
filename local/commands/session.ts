import * as fs from "node:fs";
import * as path from "node:path";
import { findCli } from "../engine/cli";
import { type Engine, openEngine, type StackFile } from "../engine/engine";
import { existingIn } from "../engine/existing";
import { type Machine, openMachine } from "../engine/machine";
import { sayOnStderr } from "../engine/progress";
import { PROJECT, readProjectFile, readSettings, runProgram, UsageError } from "../engine/project";
import { recover } from "../engine/recovery";
import { onTerminal } from "../engine/terminal";
import { CloudStore } from "../server/store";

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
  const settings = readSettings(stack);
  const cli = hasTerminal() ? onTerminal(await findCli()) : await findCli();
  const folder = stackFolder(stack);
  const machine = await openMachine(folder);
  const project = readProjectFile();
  const engine = await openEngine({
    cli,
    folder,
    stack,
    project,
    settings: withAuthority(project.name, settings, machine.authority.certificate),
    program: () => Promise.resolve(runProgram()),
    reactions: machine.reactions,
    existing: existingIn(settings),
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

const hasTerminal = (): boolean => process.stdin.isTTY && process.stdout.isTTY;

/** Removes the folder of a stack, and the one around it with the last. */
export function removeFolder(stack: string): void {
  fs.rmSync(stackFolder(stack), { recursive: true, force: true });
  if (fs.existsSync(ROOT) && fs.readdirSync(ROOT).length === 0) fs.rmdirSync(ROOT);
}

/** The apps trust the authority of the local databases, unless the stack names another. */
function withAuthority(project: string, settings: StackFile, caBundle: string): StackFile {
  const config = settings.config ?? {};
  const key = `${project}:caBundle`;
  if (key in config || `${key}File` in config) return settings;
  return { ...settings, config: { ...config, [key]: caBundle } };
}
