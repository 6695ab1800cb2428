import { INSTANCE, outputsOf } from "../database/databases";
import type { Machine } from "../engine/machine";
import { type Say, sayOnStderr } from "../engine/progress";
import { LockedError, takeStackTurn } from "../engine/lock";
import type { LocalStack } from "./session";

/**
 * Starts the databases that do not run. One that does not start is no reason to end: an update may mend
 * it, the other apps can do without it, and the stack has to be taken down.
 */
export async function startDatabases(
  { machine, store }: Pick<LocalStack, "machine" | "store">,
  say: Say = sayOnStderr,
): Promise<void> {
  try {
    await machine.databases.startAll(store);
  } catch (error) {
    say(`warning: not all databases start: ${(error as Error).message}`);
  }
}

/**
 * The same for a command that only looks. While another one is at work on the stack, what does not run
 * may be what that one has just stopped: then it is left as it is. Returns how the databases were found.
 */
export async function startUnlessBusy(
  standing: LocalStack,
  say: Say = sayOnStderr,
): Promise<readonly Database[]> {
  const found = await databasesOf(standing);
  if (found.every(({ server, runs }) => runs || !server.exists)) return found;
  try {
    const release = takeStackTurn(standing.folder);
    try {
      await startDatabases(standing, say);
    } finally {
      release();
    }
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    const who = `process ${error.pid} is at work on this stack`;
    say(`warning: not all databases run, and none is started, because ${who}`);
  }
  return found;
}

/** A database of a stack, and whether it runs. */
export interface Database {
  readonly name: string;
  readonly server: ReturnType<Machine["databases"]["server"]>;
  readonly runs: boolean;
}

export const databasesOf = ({ machine, store }: LocalStack): Promise<readonly Database[]> =>
  Promise.all(
    store.all(INSTANCE).map(async (instance) => {
      const server = machine.databases.server(instance);
      return {
        name: String(outputsOf(instance).identifier),
        server,
        runs: await server.isRunning(),
      };
    }),
  );
