import { spawn } from "node:child_process";
import { DatabaseError } from "pg";
import { Failure, UsageError } from "../engine/errors";
import { sayOnStderr } from "../engine/progress";
import type { RunningPod } from "../kubelet/kubelet";
import { appsOf, chooseApp } from "./app-choice";
import { withGracefulShutdown, handOverTerminal } from "./interruption";
import type { LocalStack } from "./local-stack";
import { openRunning } from "./session";
import { runStatements } from "./statement";

/** `local:psql`: the database of an app, through its pod's credentials. */
export async function psql(
  stackName: string,
  app: string | undefined,
  sql?: string,
): Promise<void> {
  const stack = await openRunning(stackName);
  const { machine, store } = stack;
  const { deployment } = chooseApp(appsOf(store), app);
  const pod = machine.kubelet.start(deployment, store, { record: false });
  if (pod.connection === undefined) {
    throw new UsageError(`the variables of app '${pod.name}' describe no database`);
  }
  if (sql === undefined) process.exitCode = await open(pod, stack);
  else process.stdout.write(await run(sql, pod, stack));
}

/** Runs statements; a signal cancels them, because the server would go on with them. */
async function run(sql: string, pod: RunningPod, { machine, store }: LocalStack): Promise<string> {
  const connected = machine.kubelet.connect(pod, store, async (client) => {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    const cancel = () =>
      void machine.kubelet
        .connect(pod, store, (other) => other.query("select pg_cancel_backend($1)", [rows[0]?.pid]))
        .catch(({ message }: Error) => {
          sayOnStderr(
            `the statement cannot be cancelled (${message}); a second signal ends this command without it`,
          );
        });
    return withGracefulShutdown(cancel, () => runStatements(client, sql));
  });
  return connected.catch((error: Error) => {
    // What Node's sockets and TLS throw, and what a server answers that refuses the login.
    const refused = error instanceof DatabaseError || error.constructor === Error;
    if (!refused) throw error;
    throw new Failure(`app '${pod.name}' cannot connect: ${error.message}`);
  });
}

/** Opens the system's psql and returns its exit code. */
async function open(pod: RunningPod, { machine, store }: LocalStack): Promise<number> {
  const { connection, authoritiesFile } = pod;
  const route = machine.databases.routes(store).find(({ host }) => host === connection?.host);
  const child = spawn("psql", {
    stdio: "inherit",
    env: {
      ...process.env,
      PGHOST: connection?.host,
      // Only the local cloud knows the host name: this is its address.
      PGHOSTADDR: "127.0.0.1",
      PGPORT: String(route?.localPort ?? connection?.port),
      PGDATABASE: connection?.database,
      PGUSER: connection?.user,
      PGPASSWORD: connection?.password,
      PGSSLMODE: "verify-full",
      PGSSLROOTCERT: authoritiesFile,
    },
  });
  try {
    return await handOverTerminal(child);
  } catch {
    throw new Failure(
      "there is no psql on this machine (https://www.postgresql.org/download/); " +
        "-c 'select 1' works without it",
    );
  }
}
