import { readProjectFile } from "../engine/project";
import { readStackState, type StackState } from "../engine/state";
import { appStates, appsTable, isFailing } from "./apps";
import { type Database, databasesOf, startUnlessLocked } from "./databases";
import { FAILED } from "./failure";
import { openStopped } from "./session";

/** `local:status`: what exists, and whether each app can connect right now. */
export async function status(stackName: string): Promise<void> {
  const stack = await openStopped(stackName);
  const { folder, machine, store } = stack;
  const state = readStackState(folder, readProjectFile().name, stackName);
  const found = await startUnlessLocked(stack);
  const isSame = found.every(({ runs }) => runs);
  const databases = databasesTable(found, isSame ? found : await databasesOf(stack));
  process.stdout.write(`${summary(store.all().length, state)}${databases}\n`);
  const states = await appStates(machine, store);
  process.stdout.write(appsTable(states));
  if (states.some(isFailing)) process.exitCode = FAILED;
}

/** What the local cloud and Pulumi's state say of a stack. */
export function summary(objects: number, { resources, pending = 0, last }: StackState): string {
  const update =
    last === undefined
      ? "none has ended"
      : `${last.kind} ${last.result}, ${last.ended.toISOString().replace(/\.\d+/, "")}`;
  return [
    `cloud        ${objects} objects`,
    `state        ${resources ?? 0} resources`,
    `last update  ${update}`,
    ...(pending > 0 ? [`interrupted  ${pending} operations; the next local:up clears them`] : []),
    "",
  ].join("\n");
}

/** Where each database listens on this machine, and whether it had to be started. */
export function databasesTable(found: readonly Database[], now: readonly Database[]): string {
  return now
    .map(({ name, server, runs }, index) => {
      if (!server.exists) return `database     ${name}: its files are missing\n`;
      if (!runs) return `database     ${name}: it does not run\n`;
      const ran = found[index]?.runs === true;
      const how = ran ? "running" : "it was stopped and has been started";
      return `database     ${name} at 127.0.0.1:${server.port}, ${how}\n`;
    })
    .join("");
}
