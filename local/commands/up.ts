import { commandLine } from "../engine/command-line";
import { sayOnStderr } from "../engine/progress";
import { type AppState, appStates, appsTable, isFailing } from "./apps";
import { displayed, ShownFailure } from "./display";
import { FAILED } from "./failure";
import { openSession } from "./session";

/** `local:up`: creates or updates the stack, and shows how each app connects. */
export async function up(stackName: string): Promise<void> {
  const { stack, cloud, machine, close } = await openSession(stackName);
  const states = () => appStates(machine, cloud.store);
  try {
    const { summary } = await displayed((display) => stack.up(display));
    const changed = Object.keys(summary.resourceChanges ?? {}).some((kind) => kind !== "same");
    if (!changed) sayOnStderr("Nothing changed.\n");
    const apps = await states();
    process.stdout.write(`\n${appsTable(apps)}\n${nextSteps(stackName, apps)}`);
    if (apps.some(isFailing)) process.exitCode = FAILED;
  } catch (error) {
    if (error instanceof ShownFailure) {
      process.stdout.write(`\n${stepsAfterFailure(stackName, await states())}`);
    }
    throw error;
  } finally {
    close();
  }
}

/** The commands that use an up-to-date stack. */
export function nextSteps(stack: string, states: readonly AppState[]): string {
  if (states.some(isFailing)) return stepsAfterFailure(stack, states);
  const app = states[0]?.name;
  return steps("Next:", [
    ...(app === undefined ? [] : [commandLine("psql", stack, app, "-c", "'select version()'")]),
    commandLine("status", stack),
    commandLine("down", stack),
  ]);
}

/** The commands that show what is wrong. The display has already shown the failure itself. */
export function stepsAfterFailure(stack: string, states: readonly AppState[]): string {
  const failing = states.filter(isFailing).map(({ name }) => name);
  return steps("What to look at:", [
    ...failing.map((name) => commandLine("logs", stack, name)),
    ...(states.length > 0 ? [commandLine("status", stack)] : []),
    `${commandLine("up", stack)}, which continues from here`,
  ]);
}

const steps = (title: string, lines: readonly string[]): string =>
  [title, ...lines.map((line) => `  ${line}`), ""].join("\n");
