import { INSTANCE } from "../database/databases";
import { readProjectFile } from "../engine/project";
import { readStackState, type StackState } from "../engine/state";
import { appStates, appsTable, isFailing } from "./apps";
import { openStopped, type Standing, startDatabases } from "./session";

/** `local:status`: what there is, and whether each app can connect right now. */
export async function status(stackName: string): Promise<void> {
  const standing = await openStopped(stackName);
  const { folder, machine, store } = standing;
  const state = readStackState(folder, readProjectFile().name, stackName);
  const databases = await startedDatabases(standing);
  process.stdout.write(`${summary(store.all().length, state)}${databases.join("")}\n`);
  const states = await appStates(machine, store);
  process.stdout.write(appsTable(states));
  if (states.some(isFailing)) process.exitCode = 1;
}

/** What the local cloud and Pulumi's state say of a stack. */
export function summary(things: number, { resources, pending = 0, last }: StackState): string {
  const update =
    last === undefined
      ? "none has ended"
      : `${last.kind} ${last.result}, ${last.ended.toISOString().replace(/\.\d+/, "")}`;
  return [
    `cloud        ${things} things`,
    `state        ${resources ?? 0} resources`,
    `last update  ${update}`,
    ...(pending > 0 ? [`interrupted  ${pending} operations; the next local:up clears them`] : []),
    "",
  ].join("\n");
}

/** Where each database is on this machine. Starts what does not run, as after a restart of it. */
async function startedDatabases(standing: Standing): Promise<readonly string[]> {
  const { machine, store } = standing;
  const servers = store.all(INSTANCE).map((instance) => ({
    name: String(instance.outputs.identifier),
    server: machine.databases.server(instance),
  }));
  const ran = await Promise.all(servers.map(({ server }) => server.isRunning()));
  await startDatabases(standing);
  return servers.map(({ name, server }, index) => {
    if (!server.exists) return `database     ${name}: it is gone\n`;
    const how = ran[index] === true ? "running" : "it was stopped and has been started";
    return `database     ${name} at 127.0.0.1:${server.port}, ${how}\n`;
  });
}
