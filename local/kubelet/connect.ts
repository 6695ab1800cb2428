import * as fs from "node:fs";
import * as net from "node:net";
import { Client } from "pg";
import type { Route } from "../database/databases";
import type { ConnectionSettings } from "./connection";
import type { RunningPod } from "./start";

/** What a server tells about an open connection. */
export interface Connected {
  readonly tls: string;
  readonly server: string;
  readonly user: string;
  readonly roundTripMs: number;
}

const TIMEOUT_MS = 10_000;

/** The certificate authorities that a pod's container trusts. */
export const authoritiesOf = ({ authoritiesFile }: Pick<RunningPod, "authoritiesFile">): string =>
  authoritiesFile === undefined ? "" : fs.readFileSync(authoritiesFile, "utf8");

/**
 * Opens a connection as a client with `sslmode=verify-full` would, runs `use`, and closes it. Only the
 * local cloud can resolve the host name: the socket connects to the port of this machine behind it, and
 * the certificate must be valid for the name.
 */
export async function withConnection<T>(
  settings: ConnectionSettings,
  authorities: string,
  routes: readonly Route[],
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const { host, port, database, user, password } = settings;
  const client = new Client({
    ...{ host, port, database, user, password },
    ssl: { ca: authorities, rejectUnauthorized: true },
    stream: () => new RoutedSocket(routes),
    connectionTimeoutMillis: TIMEOUT_MS,
  });
  // A connection that breaks later must not end this process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Asks the server for its version, the user and the TLS version of the connection. */
export async function serverInfo(client: Client): Promise<Connected> {
  const started = process.hrtime.bigint();
  await client.query("select 1");
  const roundTripMs = Number(process.hrtime.bigint() - started) / 1e6;
  // A session that acts as another role does not see its own row in pg_stat_ssl.
  await client.query("set role none");
  const { rows } = await client.query<{ tls: string; server: string; user: string }>(
    `select version as tls, current_setting('server_version') as server, session_user as user
       from pg_stat_ssl where pid = pg_backend_pid()`,
  );
  const [row] = rows;
  if (row === undefined)
    throw new Error("the server has no entry in pg_stat_ssl for this connection");
  return { ...row, roundTripMs };
}

/** A socket that resolves the host names of the local cloud. */
class RoutedSocket extends net.Socket {
  readonly #routes: readonly Route[];

  constructor(routes: readonly Route[]) {
    super();
    this.#routes = routes;
  }

  override connect(...args: unknown[]): this {
    const [port, host] = args as [number, string];
    const route = this.#routes.find((one) => one.host === host && one.port === Number(port));
    if (route !== undefined) return super.connect(route.localPort, "127.0.0.1");
    const known = this.#routes.some((one) => one.host === host);
    const message = known
      ? `connection to server at "${host}", port ${port} failed: Connection refused`
      : `could not translate host name "${host}" to address: Name or service not known`;
    process.nextTick(() => this.destroy(new Error(message)));
    return this;
  }
}
