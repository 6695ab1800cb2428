import type { SecretValueType } from "../args";
import { type CONNECTION_KEYS } from "./connection-keys";
import { keyPath } from "./key-path";

/** Key of the secret's JSON → what libpq calls it, in the order of the file. */
const SETTINGS = {
  host: "host",
  port: "port",
  dbname: "dbname",
  username: "user",
  password: "password",
} as const satisfies Readonly<Record<(typeof CONNECTION_KEYS)[number], string>>;

/**
 * Variables of libpq that have no effect beside a service file, which holds the same settings:
 * variable → key of the secret that the file is made of.
 */
export const OVERRIDDEN_VARIABLES = {
  PGHOST: "host",
  PGPORT: "port",
  PGDATABASE: "dbname",
  PGUSER: "username",
  PGPASSWORD: "password",
} as const satisfies Readonly<Record<string, keyof typeof SETTINGS>>;

/** Variables that lead libpq to its service file, and to the section in it. */
export const SERVICE_VARIABLES = { file: "PGSERVICEFILE", service: "PGSERVICE" } as const;

/** Name of a secret's connection file. */
export const connectionFileName = (secret: number): string =>
  secret === 0 ? "pg_service.conf" : `pg_service-${secret + 1}.conf`;

/** Name of the service in a secret's connection file. */
export const serviceName = (app: string, secret: number): string =>
  secret === 0 ? app : `${app}-${secret + 1}`;

/**
 * The JMESPath expression that renders a connection service file of libpq inside the provider: one
 * `key=value` a line, with nothing escaped. The line break is in the expression as it is: JMESPath's
 * raw strings know no escape for it. A missing key makes `join` fail, and with it the mount.
 *
 * @see https://www.postgresql.org/docs/current/libpq-pgservice.html
 */
export function connectionFilePath(
  service: string,
  caBundlePath: string,
  shape?: Readonly<Record<string, SecretValueType>>,
): string {
  const settings = Object.entries(SETTINGS).map(
    ([key, setting]) => `join('', ['${setting}=', ${keyPath(key, shape)}])`,
  );
  const lines = [
    `'[${service}]'`,
    ...settings,
    "'sslmode=verify-full'",
    `'sslrootcert=${caBundlePath}'`,
    "''",
  ];
  return `join('\n', [${lines.join(", ")}])`;
}
