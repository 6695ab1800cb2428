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

/** The content of a file in the container; `undefined` where there is none. */
export type ReadFile = (path: string) => string | undefined;

/** Usual variable names for the parts of a connection, after a common prefix. */
const PARTS = {
  host: ["HOST", "HOSTNAME"],
  port: ["PORT"],
  database: ["DATABASE", "NAME", "DBNAME"],
  user: ["USER", "USERNAME"],
  password: ["PASSWORD"],
} as const;

/**
 * The connection that a container's variables describe: those of libpq (`PGSERVICE`, `PGHOST`), a URL,
 * or a set with a prefix (`DB_HOST`, `ORDERS_DB_HOST`). `undefined` where there is none. Throws
 * `PodEvent` for an invalid URL, and for a service that libpq would not find.
 */
export function connectionIn(
  variables: Environment,
  readFile: ReadFile = () => undefined,
): ConnectionSettings | undefined {
  const service = fromService(variables, readFile);
  const env = { ...variables, ...(service instanceof PodEvent ? {} : service) };
  const rootCertificate = env.PGSSLROOTCERT;
  const url = Object.entries(env).find(([, value]) => /^postgres(ql)?:\/\//.test(value));
  const found =
    fromPrefix(env, "PG") ??
    (url === undefined ? undefined : fromUrl(...url)) ??
    fromAnyPrefix(env);
  // A container that has the connection in another way may be none of libpq.
  if (found === undefined && service instanceof PodEvent) throw service;
  return found === undefined ? undefined : { rootCertificate, ...found };
}

/** What each setting of a service is called as a variable, over which it wins. */
const VARIABLE_OF: Environment = {
  host: "PGHOST",
  port: "PGPORT",
  dbname: "PGDATABASE",
  user: "PGUSER",
  password: "PGPASSWORD",
  sslrootcert: "PGSSLROOTCERT",
};

function fromService(
  { PGSERVICE: service, PGSERVICEFILE: file }: Environment,
  readFile: ReadFile,
): Environment | PodEvent {
  if (service === undefined || file === undefined) return {};
  const content = readFile(file);
  if (content === undefined) return unhealthy(`service file "${file}" not found`);
  const found = serviceIn(content, service);
  if (typeof found === "string") return unhealthy(`${found} in service file "${file}"`);
  if (found === undefined) return unhealthy(`definition of service "${service}" not found`);
  return Object.fromEntries(
    [...found].flatMap(([setting, value]) => {
      const variable = VARIABLE_OF[setting];
      return variable === undefined ? [] : [[variable, value]];
    }),
  );
}

const unhealthy = (why: string): PodEvent =>
  new PodEvent("Unhealthy", `Readiness probe failed: psql: error: ${why}`);

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
