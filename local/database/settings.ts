import type { MasterUser } from "./master-user";
import { FORCE_SSL, type Parameter } from "./parameters";

/** The server's configuration: where it listens, its certificate, and its parameters. */
export const serverConfiguration = (port: number, settings: readonly Parameter[]): string =>
  [
    "listen_addresses = '127.0.0.1'",
    `port = ${port}`,
    "unix_socket_directories = ''",
    "ssl = on",
    "ssl_cert_file = 'server.crt'",
    "ssl_key_file = 'server.key'",
    "ssl_min_protocol_version = 'TLSv1.2'",
    "password_encryption = 'scram-sha-256'",
    ...settings.map(({ name, value }) => `${name} = ${inConfiguration(value)}`),
    "",
  ].join("\n");

/**
 * The configuration of a running server: parameters that are applied at the next start keep their
 * current line.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBParameterGroup.html
 */
export function changedConfiguration(
  current: string,
  port: number,
  settings: readonly Parameter[],
  pending: ReadonlySet<string>,
): string {
  const unchanged = current.split("\n").filter((line) => pending.has(line.split(" = ")[0] ?? ""));
  const changes = settings.filter(({ name }) => !pending.has(name));
  return [serverConfiguration(port, changes), ...unchanged, ""].join("\n");
}

/** Names of the parameters that a changed group applies at the next start, removed ones included. */
export function pendingParameters(
  before: readonly Parameter[],
  after: readonly Parameter[],
): ReadonlySet<string> {
  const kept = new Set(after.map(({ name }) => name));
  const all = [...after, ...before.filter(({ name }) => !kept.has(name))];
  return new Set(all.filter(({ pendingReboot }) => pendingReboot).map(({ name }) => name));
}

/**
 * The content of pg_hba.conf: everyone with a password may connect, with `rds.force_ssl` only over TLS.
 * RDS rejects others with the same error: no pg_hba.conf entry.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 */
export function clientRules(parameters: readonly Pick<Parameter, "name" | "value">[]): string {
  const forced = parameters.some(({ name, value }) => name === FORCE_SSL && value === "1");
  return `${forced ? "hostssl" : "host"} all all 127.0.0.1/32 scram-sha-256\n`;
}

/** Creates the master user and its database. As on RDS, the user is no superuser. */
export function setupStatements(login: MasterUser): readonly string[] {
  const user = identifier(login.username);
  return [
    `CREATE ROLE ${user} LOGIN CREATEDB CREATEROLE PASSWORD ${quoted(login.password)}`,
    ...(login.database === "postgres"
      ? [`ALTER DATABASE postgres OWNER TO ${user}`]
      : [`CREATE DATABASE ${identifier(login.database)} OWNER ${user}`]),
  ];
}

/** Changes the password of the master user. */
export const passwordStatement = (username: string, password: string): string =>
  `ALTER ROLE ${identifier(username)} PASSWORD ${quoted(password)}`;

/** Quoted for postgresql.conf, which has escapes and no line breaks in strings. */
const inConfiguration = (value: string): string =>
  quoted(value.replaceAll("\\", "\\\\").replaceAll("\n", String.raw`\n`));

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
