import { appStates, appsTable } from "./apps";
import { openStanding } from "./session";

/** `local:status`: what there is, and whether each app can connect right now. */
export async function status(stackName: string): Promise<void> {
  const { machine, store } = await openStanding(stackName);
  process.stdout.write(`${store.all().length} things in the local cloud\n\n`);
  process.stdout.write(appsTable(await appStates(machine, store)));
}
