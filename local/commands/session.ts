import * as fs from "node:fs";
import * as path from "node:path";
import { findCli } from "../engine/cli";
import { type Engine, openEngine, regionIn, type StackFile } from "../engine/engine";
import { Failure, UsageError } from "../engine/errors";
import { existingIn } from "../engine/existing";
import { type Machine, openMachine } from "../engine/machine";
import { sayOnStderr } from "../engine/progress";
import { PROJECT, readProjectFile, readSettings, runProgram } from "../engine/project";
import { recover } from "../engine/recovery";
import { onTerminal } from "../engine/terminal";
import { takeTurn } from "../engine/turn";
import { CloudStore } from "../server/store";
import { endingInOrder } from "./interruption";

const ROOT = path.join(PROJECT, ".local");

/** Where everything of a local stack is kept. */
export const stackFolder = (stack: string): string => path.join(ROOT, stack);

/** A command as a person types it, e.g. `npm run local:down -- --stack dev --force`. */
export function commandLine(command: string, stack: string, ...options: string[]): string {
  const all = [...(stack === "local" ? [] : ["--stack", stack]), ...options];
  return [`npm run local:${command}`, ...(all.length > 0 ? ["--", ...all] : [])].join(" ");
}

/** What exists of a local stack, without the engine. */
export interface Standing {
  readonly folder: string;
  readonly machine: Machine;
  readonly store: CloudStore;
}

/** Whether there is anything of a local stack. Throws `Failure` where it cannot be a stack. */
export function exists(stack: string): boolean {
  for (const folder of [ROOT, stackFolder(stack)]) {
    const found = fs.statSync(folder, { throwIfNoEntry: false });
    if (found === undefined) return false;
    if (!found.isDirectory()) {
      throw new Failure(`${folder} is no folder; move it away: local stacks are kept there`);
    }
  }
  return true;
}

/** Opens a stack that `local:up` has made; starts its databases where they do not run. */
export async function openStanding(stack: string): Promise<Standing> {
  const standing = await openStopped(stack);
  await startDatabases(standing);
  return standing;
}

/** Opens a stack that `local:up` has made, as it is. */
export async function openStopped(stack: string): Promise<Standing> {
  const folder = stackFolder(stack);
  if (!exists(stack)) {
    throw new UsageError(
      `there is no local stack '${stack}'; make it with: ${commandLine("up", stack)}`,
    );
  }
  const machine = await machineOf(stack, readSettings(stack));
  return { folder, store: openStore(stack), machine };
}

/** The machine of a stack, in the region and with the secrets that its settings speak of. */
function machineOf(stack: string, settings: StackFile): Promise<Machine> {
  const existing = new Set(existingIn(settings));
  return openMachine(stackFolder(stack), {
    existing: (name) => existing.has(name),
    region: regionIn(settings),
  });
}

/** Opens a stack on the engine, after it has cleared what an interrupted run left. */
export async function openSession(stack: string): Promise<Engine & { readonly machine: Machine }> {
  const settings = readSettings(stack);
  const project = readProjectFile();
  if (exists(stack)) openStore(stack);
  const interruption = new AbortController();
  const found = await endingInOrder(
    () => interruption.abort(),
    () => findCli(process.env, interruption.signal),
  );
  const cli = hasTerminal() ? onTerminal(found) : found;
  const folder = stackFolder(stack);
  const file = path.join(folder, "process");
  const ending = [takeTurn(file, (pid) => new Failure(atWork(pid, file)))];
  const close = () => ending.reverse().forEach((end) => end());
  try {
    const machine = await machineOf(stack, settings);
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
    ending.push(engine.close);
    await recover(engine, machine, folder, sayOnStderr);
    await startDatabases({ machine, store: engine.cloud.store });
    return { ...engine, machine, close };
  } catch (error) {
    close();
    throw error;
  }
}

const atWork = (pid: number, file: string): string =>
  `another command is at work on this stack (process ${pid}); wait for it to end. If that process ` +
  `is something else, remove ${file}`;

const hasTerminal = (): boolean => process.stdin.isTTY && process.stdout.isTTY;

/** Removes the folder of a stack, and the one around it with the last. */
export function removeFolder(stack: string): void {
  fs.rmSync(stackFolder(stack), { recursive: true, force: true });
  if (fs.existsSync(ROOT) && fs.readdirSync(ROOT).length === 0) fs.rmdirSync(ROOT);
}

function openStore(stack: string): CloudStore {
  const folder = stackFolder(stack);
  try {
    return new CloudStore(folder);
  } catch (cause) {
    const why = (cause as Error).message.split("\n")[0] ?? "";
    throw new Failure(
      `${path.join(folder, "cloud.json")} does not hold a local cloud (${why}); ` +
        `remove the stack with: ${commandLine("down", stack, "--force")}`,
      { cause },
    );
  }
}

/** Starts the databases that do not run. */
export async function startDatabases({ machine, store }: Pick<Standing, "machine" | "store">) {
  try {
    await machine.databases.startAll(store);
  } catch (cause) {
    throw new Failure(`the databases do not start: ${(cause as Error).message}`, { cause });
  }
}

/** The apps trust the authority of the local databases, unless the stack names another. */
function withAuthority(project: string, settings: StackFile, caBundle: string): StackFile {
  const config = settings.config ?? {};
  const key = `${project}:caBundle`;
  if (key in config || `${key}File` in config) return settings;
  return { ...settings, config: { ...config, [key]: caBundle } };
}
