import { INSTANCE } from "../database/databases";
import type { Machine } from "../engine/machine";
import { type Say, sayOnStderr } from "../engine/progress";
import { LockedError, lockStack } from "../engine/lock";
import { outputsOf } from "../server/store";
import type { LocalStack } from "./local-stack";

/**
 * Starts the databases that do not run. One that does not start only causes a warning: an update may
 * repair it, the other apps work without it, and the stack must remain removable.
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
 * The same for a command that only reads. While another command has the lock of the stack, it may have
 * stopped a database on purpose, so none is started. Returns the state before anything was started.
 */
export async function startUnlessLocked(
  stack: LocalStack,
  say: Say = sayOnStderr,
): Promise<readonly Database[]> {
  const found = await databasesOf(stack);
  if (found.every(({ server, runs }) => runs || !server.exists)) return found;
  try {
    const release = lockStack(stack.folder);
    try {
      await startDatabases(stack, say);
    } finally {
      release();
    }
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    say(
      "warning: not all databases run, and none is started, " +
        `because process ${error.pid} is at work on this stack`,
    );
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
