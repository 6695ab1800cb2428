import { PodEvent } from "./pod-event";
import { serviceIn } from "./service-file";

/** Server, credentials and authorities of an app's connection, as its container has them. */
export interface ConnectionSettings {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Path of the certificate authorities in the container. */
  readonly rootCertificate: string | undefined;
}

type Environment = Readonly<Record<string, string>>;

/** Usual variable names for the parts of a connection, after a common prefix. */
const PARTS = {
  host: ["HOST", "HOSTNAME"],
  port: ["PORT"],
  database: ["DATABASE", "NAME", "DBNAME"],
  user: ["USER", "USERNAME"],
  password: ["PASSWORD"],
} as const;

/**
 * The connection that a container's variables describe: a service file of libpq, which wins over its other
 * variables (`PGHOST`), a URL, or a set with a prefix (`DB_HOST`, `ORDERS_DB_HOST`). `undefined` where
 * there is none. `read` returns a file of the container. Throws `PodEvent` for an invalid URL.
 */
export function connectionIn(
  env: Environment,
  read: (file: string) => string | undefined = () => undefined,
): ConnectionSettings | undefined {
  const rootCertificate = env.PGSSLROOTCERT;
  const url = Object.entries(env).find(([, value]) => /^postgres(ql)?:\/\//.test(value));
  const found =
    fromService(env, read) ??
    fromPrefix(env, "PG") ??
    (url === undefined ? undefined : fromUrl(...url)) ??
    fromAnyPrefix(env);
  return found === undefined ? undefined : { rootCertificate, ...found };
}

function fromService(env: Environment, read: (file: string) => string | undefined) {
  const text = env.PGSERVICEFILE === undefined ? undefined : read(env.PGSERVICEFILE);
  if (text === undefined || env.PGSERVICE === undefined) return undefined;
  const service = serviceIn(text, env.PGSERVICE);
  if (service === undefined) return undefined;
  const { host = env.PGHOST, port = env.PGPORT ?? "5432", dbname = env.PGDATABASE } = service;
  const { user = env.PGUSER, password = env.PGPASSWORD, sslrootcert } = service;
  if (host === undefined || dbname === undefined) return undefined;
  if (user === undefined || password === undefined) return undefined;
  return {
    ...{ host, port: Number(port), database: dbname, user, password },
    ...(sslrootcert !== undefined && { rootCertificate: sslrootcert }),
  };
}

function fromAnyPrefix(env: Environment) {
  const prefixes = Object.keys(env)
    .filter((name) => name.endsWith("_PASSWORD"))
    .map((name) => name.slice(0, -"PASSWORD".length));
  return prefixes.map((prefix) => fromPrefix(env, prefix)).find((found) => found !== undefined);
}

function fromPrefix(env: Environment, prefix: string) {
  const part = (names: readonly string[]): string | undefined =>
    names.map((name) => env[prefix + name]).find((value) => value !== undefined);
  const host = part(PARTS.host);
  const password = part(PARTS.password);
  const user = part(PARTS.user);
  const database = part(PARTS.database);
  if (host === undefined || password === undefined) return undefined;
  if (user === undefined || database === undefined) return undefined;
  return { host, port: Number(part(PARTS.port) ?? 5432), database, user, password };
}

/** User and password, one or several hosts with ports, database, parameters. */
const CONNECTION_URL =
  /^\w+:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?(\[[^\]]*\]|[^:,/?]*)(?::(\d*))?(?:,[^/?]*)?(?:\/([^?]*))?(?:\?(.*))?$/;

/**
 * Parses a URL as libpq does, which accepts some that the standard does not: with `#` in the password,
 * or with several hosts. The first host counts.
 *
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
function fromUrl(variable: string, text: string) {
  const parts = CONNECTION_URL.exec(text)?.slice(1) as readonly (string | undefined)[] | undefined;
  if (parts === undefined) throw invalidUrl(variable);
  try {
    // Throws at an invalid percent-encoding.
    const [user = "", password = "", host = "", port = "", database = ""] = parts.map((part) =>
      decodeURIComponent(part ?? ""),
    );
    const rootCertificate = new URLSearchParams(parts[5]).get("sslrootcert");
    return {
      ...{ host, port: Number(port || 5432), database, user, password },
      ...(rootCertificate !== null && { rootCertificate }),
    };
  } catch {
    throw invalidUrl(variable);
  }
}

/** Does not show the value, which contains a password. */
const invalidUrl = (variable: string): PodEvent =>
  new PodEvent(
    "Unhealthy",
    `Readiness probe failed: the variable '${variable}' holds no valid connection URL of ` +
      "PostgreSQL; each '%', and '@', ':' and '/' in a password, must be percent-encoded",
  );
