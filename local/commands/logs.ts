import * as fs from "node:fs";
import { INSTANCE } from "../database/databases";
import { podOfApp } from "./psql";
import { UsageError } from "../engine/project";
import { openStanding } from "./session";

/** `local:logs`: the log of an app's database server. */
export async function logs(stackName: string, app: string, lines: number): Promise<void> {
  const { machine, store } = await openStanding(stackName);
  const { connection } = podOfApp(machine, store, app);
  const instance = store.all(INSTANCE).find(({ outputs }) => outputs.address === connection?.host);
  if (instance === undefined) throw new UsageError(`app '${app}' has no database`);
  const { logFile } = machine.databases.server(instance);
  const log = fs.readFileSync(logFile, "utf8").trimEnd().split("\n");
  process.stdout.write(`${log.slice(-lines).join("\n")}\n`);
}
