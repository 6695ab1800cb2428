import type { SecretValueType } from "../args";
import { CONNECTION_KEYS } from "./connection-keys";
import { keyPath } from "./key-path";

/**
 * The JMESPath expression that renders a connection URL inside the provider. A missing key makes
 * `join` fail, and with it the mount. JMESPath has no function that encodes a URL, so the user name
 * and the password must be URL-unreserved.
 *
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
export function databaseUrlPath(
  caBundlePath: string,
  shape?: Readonly<Record<string, SecretValueType>>,
): string {
  const [username, password, host, port, dbname] = CONNECTION_KEYS.map((key) =>
    keyPath(key, shape),
  );
  const parts = [
    literal("postgresql://"),
    username,
    literal(":"),
    password,
    literal("@"),
    host,
    literal(":"),
    port,
    literal("/"),
    dbname,
    literal(`?sslmode=verify-full&sslrootcert=${caBundlePath}`),
  ];
  return `join('', [${parts.join(", ")}])`;
}

const literal = (text: string): string => `'${text}'`;
