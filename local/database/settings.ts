import type { Properties } from "../cloud/model";

const FORCE_SSL = "rds.force_ssl";

interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** What a parameter group says, as `@pulumi/aws` writes it. */
export const parametersOf = (group: Properties | undefined): readonly Parameter[] =>
  (group?.parameters ?? []) as readonly Parameter[];

/**
 * The server's configuration: where it listens, its certificate, and the parameter group's own
 * settings. Those that only RDS has, and values that RDS computes from the instance's memory, say
 * nothing to a plain PostgreSQL and are left out.
 */
export function serverConfiguration(port: number, parameters: readonly Parameter[]): string {
  const settings = parameters.filter(
    ({ name, value }) => !name.startsWith("rds.") && !value.includes("{"),
  );
  return [
    "listen_addresses = '127.0.0.1'",
    `port = ${port}`,
    "unix_socket_directories = ''",
    "ssl = on",
    "ssl_cert_file = 'server.crt'",
    "ssl_key_file = 'server.key'",
    "ssl_min_protocol_version = 'TLSv1.2'",
    "password_encryption = 'scram-sha-256'",
    ...settings.map(({ name, value }) => `${name} = ${quoted(value)}`),
    "",
  ].join("\n");
}

/**
 * Who may connect: everyone with a password, and with `rds.force_ssl` only over TLS. RDS words the
 * refusal the same way: no entry in pg_hba.conf.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 */
export function clientRules(parameters: readonly Parameter[]): string {
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

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
