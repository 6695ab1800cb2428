import * as fs from "node:fs";
import * as path from "node:path";
import { findCli } from "../engine/cli";
import { type Engine, openEngine, regionIn, type StackSettings } from "../engine/engine";
import { Failure, UsageError } from "../engine/errors";
import { existingIn } from "../engine/existing";
import { type Machine, openMachine } from "../engine/machine";
import { sayOnStderr } from "../engine/progress";
import { PROJECT, readProjectFile, readSettings, runProgram } from "../engine/project";
import { recover } from "../engine/recovery";
import { hasTerminal, onTerminal } from "../engine/terminal";
import { takeStackTurn, LOCK_FILE } from "../engine/lock";
import { CloudStore } from "../server/store";
import { startDatabases, startUnlessBusy } from "./databases";
import { withGracefulShutdown } from "./interruption";

const ROOT = path.join(PROJECT, ".local");

/** Where everything of a local stack is kept. */
export const stackFolder = (stack: string): string => path.join(ROOT, stack);

/** A command as a person types it, e.g. `npm run local:down -- --stack dev --force`. */
export function commandLine(command: string, stack: string, ...options: string[]): string {
  const all = [...(stack === "local" ? [] : ["--stack", stack]), ...options];
  return [`npm run local:${command}`, ...(all.length > 0 ? ["--", ...all] : [])].join(" ");
}

/** What exists of a local stack, without the engine. */
export interface LocalStack {
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

/** Opens a stack that `local:up` has made; starts its databases where they do not run, and it may. */
export async function openRunning(stack: string): Promise<LocalStack> {
  const standing = await openStopped(stack);
  await startUnlessBusy(standing);
  return standing;
}

/** Opens a stack that `local:up` has made, as it is. */
export async function openStopped(stack: string): Promise<LocalStack> {
  const folder = stackFolder(stack);
  if (!exists(stack)) {
    throw new UsageError(
      `there is no local stack '${stack}'; make it with: ${commandLine("up", stack)}`,
    );
  }
  const machine = await machineOf(stack, settingsOf(stack));
  return { folder, store: openStore(stack), machine };
}

/** The machine of a stack, in the region and with the secrets that its settings speak of. */
function machineOf(stack: string, settings: StackSettings): Promise<Machine> {
  const existing = new Set(existingIn(settings));
  return openMachine(stackFolder(stack), {
    existing: (name) => existing.has(name),
    region: regionIn(settings),
  });
}

/** Opens a stack on the engine, after it has cleared what an interrupted run left. */
export async function openSession(stack: string): Promise<Engine & { readonly machine: Machine }> {
  const settings = settingsOf(stack);
  const project = readProjectFile();
  if (exists(stack)) openStore(stack);
  const interruption = new AbortController();
  const found = await withGracefulShutdown(
    () => interruption.abort(),
    () => findCli(process.env, interruption.signal),
  );
  const cli = hasTerminal() ? onTerminal(found) : found;
  const folder = stackFolder(stack);
  const ending = [takeStackTurn(folder)];
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

/** The settings of a stack. Of one that is there, an error says how to be rid of it without them. */
function settingsOf(stack: string): StackSettings {
  try {
    return readSettings(stack);
  } catch (error) {
    if (!(error instanceof UsageError) || !exists(stack)) throw error;
    const egress = commandLine("down", stack, "--force");
    throw new UsageError(`${error.message}; what there is of '${stack}' goes with: ${egress}`);
  }
}

/**
 * Removes the folder of a stack, and the one around it with the last. What says that a command is at
 * work on the stack goes when all else is gone, so that no other command begins in between.
 */
export function removeFolder(stack: string): void {
  const folder = stackFolder(stack);
  for (const name of fs.readdirSync(folder).filter((name) => name !== LOCK_FILE)) {
    fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  fs.rmSync(path.join(folder, LOCK_FILE), { force: true });
  for (const emptied of [folder, ROOT]) removeEmpty(emptied);
}

/** Removes a folder unless another command has put something there by now. */
function removeEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!["ENOENT", "ENOTEMPTY", "EEXIST"].includes(code)) throw error;
  }
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

/** The apps trust the authority of the local databases, unless the stack names another. */
function withAuthority(project: string, settings: StackSettings, caBundle: string): StackSettings {
  const config = settings.config ?? {};
  const key = `${project}:caBundle`;
  if (key in config || `${key}File` in config) return settings;
  return { ...settings, config: { ...config, [key]: caBundle } };
}
