import * as fs from "node:fs";
import { INSTANCE } from "../database/databases";
import { UsageError } from "../engine/errors";
import { podOfApp } from "./app-choice";
import { openStanding } from "./session";

/** `local:logs`: the log of an app's database server. */
export async function logs(
  stackName: string,
  app: string | undefined,
  lines: number,
): Promise<void> {
  const { machine, store } = await openStanding(stackName);
  const { name, connection } = podOfApp(machine, store, app);
  const instance = store.all(INSTANCE).find(({ outputs }) => outputs.address === connection?.host);
  if (instance === undefined) throw new UsageError(`app '${name}' has no database in this stack`);
  const { logFile } = machine.databases.server(instance);
  const log = fs.readFileSync(logFile, "utf8").trimEnd().split("\n");
  process.stdout.write(`${log.slice(-lines).join("\n")}\n`);
}
