import { findCli } from "../engine/cli";
import { commandLine } from "../engine/command-line";
import { type Engine, openEngine, regionIn, type StackSettings } from "../engine/engine";
import { Failure, UsageError } from "../engine/errors";
import { existingIn } from "../engine/existing";
import { lockStack } from "../engine/lock";
import { type Machine, type MachineOptions, openMachine } from "../engine/machine";
import { sayOnStderr } from "../engine/progress";
import { readProjectFile, readSettings, runProgram } from "../engine/project";
import { recover } from "../engine/recovery";
import { hasTerminal, onTerminal } from "../engine/terminal";
import { startDatabases, startUnlessLocked } from "./databases";
import { withGracefulShutdown } from "./interruption";
import { exists, type LocalStack, openStore, restoreOrRemove, stackFolder } from "./local-stack";

/** How a stack is opened. */
type StackOptions = Pick<MachineOptions, "clock">;

/** Opens a stack that `local:up` has made; starts its databases, unless another command works on it. */
export async function openRunning(stack: string, options?: StackOptions): Promise<LocalStack> {
  const opened = await openStopped(stack, options);
  await startUnlessLocked(opened);
  return opened;
}

/** Opens a stack that `local:up` has made, as it is. */
export async function openStopped(stack: string, options?: StackOptions): Promise<LocalStack> {
  const folder = stackFolder(stack);
  if (!exists(stack)) {
    throw new UsageError(
      `there is no local stack '${stack}'; make it with: ${commandLine("up", stack)}`,
    );
  }
  const machine = await machineOf(stack, settingsOf(stack), options);
  return { folder, store: openStore(stack), machine };
}

/** The machine of a stack, in the region and with the secrets that its settings name. */
async function machineOf(
  stack: string,
  settings: StackSettings,
  { clock }: StackOptions = {},
): Promise<Machine> {
  const existing = new Set(existingIn(settings));
  try {
    return await openMachine(stackFolder(stack), {
      existing: (name) => existing.has(name),
      region: regionIn(settings),
      clock,
    });
  } catch (cause) {
    throw new Failure(restoreOrRemove((cause as Error).message, stack), { cause });
  }
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
  const cleanups = [lockStack(folder)];
  const close = () => cleanups.reverse().forEach((cleanUp) => cleanUp());
  try {
    const machine = await machineOf(stack, settings);
    cleanups.push(() => machine.functions.close());
    const engine = await openEngine({
      cli,
      folder,
      stack,
      project,
      settings: withAuthority(project.name, settings, machine.authority.certificate),
      program: () => Promise.resolve(runProgram()),
      hooks: machine.hooks,
      existing: existingIn(settings),
    });
    cleanups.push(engine.close);
    await recover(engine, machine, folder, sayOnStderr);
    await startDatabases({ machine, store: engine.cloud.store });
    return { ...engine, machine, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** The settings of a stack. Where a stack exists without usable ones, the error says how to remove it. */
function settingsOf(stack: string): StackSettings {
  try {
    return readSettings(stack);
  } catch (error) {
    if (!(error instanceof UsageError) || !exists(stack)) throw error;
    const remedy = commandLine("down", stack, "--force");
    throw new UsageError(`${error.message}; what exists of '${stack}' is removed by: ${remedy}`);
  }
}

/** The apps trust the authority of the local databases, unless the stack names another. */
function withAuthority(project: string, settings: StackSettings, caBundle: string): StackSettings {
  const config = settings.config ?? {};
  const key = `${project}:caBundle`;
  if (key in config || `${key}File` in config) return settings;
  return { ...settings, config: { ...config, [key]: caBundle } };
}
