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
 * The configuration of a server that goes on running: what waits for its next start stays as it is
 * `now`.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBParameterGroup.html
 */
export function changedConfiguration(
  now: string,
  port: number,
  settings: readonly Parameter[],
  waiting: ReadonlySet<string>,
): string {
  const stays = now.split("\n").filter((line) => waiting.has(line.split(" = ")[0] ?? ""));
  const changes = settings.filter(({ name }) => !waiting.has(name));
  return [serverConfiguration(port, changes), ...stays, ""].join("\n");
}

/** Names of the parameters that wait when a group changes: of one that is gone, it was said before. */
export function waitingIn(
  before: readonly Parameter[],
  after: readonly Parameter[],
): ReadonlySet<string> {
  const kept = new Set(after.map(({ name }) => name));
  const all = [...after, ...before.filter(({ name }) => !kept.has(name))];
  return new Set(all.filter(({ waits }) => waits).map(({ name }) => name));
}

/**
 * Who may connect: everyone with a password, and with `rds.force_ssl` only over TLS. RDS words the
 * refusal the same way: no entry in pg_hba.conf.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 */
export function clientRules(parameters: readonly Pick<Parameter, "name" | "value">[]): string {
  const forced = parameters.some(({ name, value }) => name === FORCE_SSL && value === "1");
  return `${forced ? "hostssl" : "host"} all all 127.0.0.1/32 scram-sha-256\n`;
}

/** What makes the master user and its database. RDS gives the user no superuser rights either. */
export function setupStatements(login: {
  readonly username: string;
  readonly password: string;
  readonly database: string;
}): readonly string[] {
  const user = identifier(login.username);
  return [
    `CREATE ROLE ${user} LOGIN CREATEDB CREATEROLE PASSWORD ${quoted(login.password)}`,
    ...(login.database === "postgres"
      ? [`ALTER DATABASE postgres OWNER TO ${user}`]
      : [`CREATE DATABASE ${identifier(login.database)} OWNER ${user}`]),
  ];
}

/** Gives the master user another password. */
export const passwordStatement = (username: string, password: string): string =>
  `ALTER ROLE ${identifier(username)} PASSWORD ${quoted(password)}`;

/** A configuration has escapes in its texts, and no line breaks. */
const inConfiguration = (value: string): string =>
  quoted(value.replaceAll("\\", "\\\\").replaceAll("\n", String.raw`\n`));

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
