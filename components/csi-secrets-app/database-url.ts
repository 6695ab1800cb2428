/**
 * The JMESPath expression that renders a connection URL inside the provider. JMESPath has no
 * function that encodes a URL, so the user name and the password must be URL-unreserved.
 *
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
export function databaseUrlPath(caBundlePath: string): string {
  const tls = `?sslmode=verify-full&sslrootcert=${caBundlePath}`;
  const parts = [
    literal("postgresql://"),
    "username",
    literal(":"),
    "password",
    literal("@"),
    "host",
    literal(":"),
    "to_string(port)",
    literal("/"),
    "dbname",
    literal(tls),
  ];
  return `join('', [${parts.join(", ")}])`;
}

/** Keys of the secret that the connection URL is made of. */
export const DATABASE_URL_KEYS = ["username", "password", "host", "port", "dbname"] as const;

const literal = (text: string): string => `'${text}'`;
