import { spawnSync } from "node:child_process";
import type { QueryResult } from "pg";
import type { Machine } from "../engine/machine";
import { DEPLOYMENT, type RunningPod } from "../kubelet/kubelet";
import type { CloudStore } from "../server/store";
import { UsageError } from "../engine/project";
import { openStanding } from "./session";

/** `local:psql`: the database of an app, through its pod's credentials. */
export async function psql(stackName: string, app: string, sql?: string): Promise<void> {
  const { machine, store } = await openStanding(stackName);
  const pod = podOfApp(machine, store, app);
  if (sql === undefined) {
    open(pod, machine, store);
    return;
  }
  const result = await machine.kubelet.connect(pod, store, (client) =>
    client.query<Record<string, unknown>>(sql),
  );
  process.stdout.write(rows(result));
}

/** The pod of an app, by the name of its Deployment or of its namespace. */
export function podOfApp(machine: Machine, store: CloudStore, app: string): RunningPod {
  const deployments = store.all(DEPLOYMENT);
  const found =
    deployments.find(({ id }) => id.split("/")[1] === app) ??
    deployments.find(({ id }) => id.split("/")[0] === app);
  if (found === undefined) {
    const names = deployments.map(({ id }) => id.split("/")[1]).join(", ");
    throw new UsageError(`no app '${app}'; there are: ${names || "none"}`);
  }
  return machine.kubelet.start(found, store);
}

function open(pod: RunningPod, machine: Machine, store: CloudStore): void {
  const { connection, authoritiesFile } = pod;
  if (connection === undefined) throw new UsageError(`${pod.name} has no connection`);
  const route = machine.databases.routes(store).find(({ host }) => host === connection.host);
  const { status, error } = spawnSync("psql", {
    stdio: "inherit",
    env: {
      ...process.env,
      PGHOST: connection.host,
      // The name is known to the local cloud only: this is where it leads.
      PGHOSTADDR: "127.0.0.1",
      PGPORT: String(route?.localPort ?? connection.port),
      PGDATABASE: connection.database,
      PGUSER: connection.user,
      PGPASSWORD: connection.password,
      PGSSLMODE: "verify-full",
      PGSSLROOTCERT: authoritiesFile,
    },
  });
  if (error !== undefined) {
    throw new UsageError(
      "there is no psql on this machine (https://www.postgresql.org/download/); " +
        "-c 'select 1' works without it",
    );
  }
  process.exitCode = status ?? 1;
}

function rows({ fields, rows: found, command, rowCount }: QueryResult<Record<string, unknown>>) {
  if (fields.length === 0) return `${command} ${rowCount ?? 0}\n`;
  const names = fields.map(({ name }) => name);
  const lines = found.map((row) => names.map((name) => String(row[name])).join("\t"));
  return `${[names.join("\t"), ...lines].join("\n")}\n`;
}
