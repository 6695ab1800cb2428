/** Where and as whom an app connects, from what its container holds. */
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

/** Names under which programs look for the parts of a connection, after a common prefix. */
const PARTS = {
  host: ["HOST", "HOSTNAME"],
  port: ["PORT"],
  database: ["DATABASE", "NAME", "DBNAME"],
  user: ["USER", "USERNAME"],
  password: ["PASSWORD"],
} as const;

/**
 * The connection that a container's variables describe: those of libpq (`PGHOST`), a URL, or a set
 * with a prefix (`DB_HOST`, `ORDERS_DB_HOST`). `undefined` where there is none.
 */
export function connectionIn(env: Environment): ConnectionSettings | undefined {
  const rootCertificate = env.PGSSLROOTCERT;
  const url = Object.values(env).find((value) => /^postgres(ql)?:\/\//.test(value));
  const found =
    fromPrefix(env, "PG") ?? (url === undefined ? undefined : fromUrl(url)) ?? fromAnyPrefix(env);
  return found === undefined ? undefined : { rootCertificate, ...found };
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

function fromUrl(text: string) {
  const url = new URL(text);
  const rootCertificate = url.searchParams.get("sslrootcert");
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ...(rootCertificate !== null && { rootCertificate }),
  };
}
