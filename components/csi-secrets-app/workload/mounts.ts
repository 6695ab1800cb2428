/** Where the driver mounts the secret's files. */
export const SECRETS_PATH = "/mnt/secrets-store";

/** Where the CA bundle is mounted. */
export const CA_DIRECTORY = "/etc/rds-ca";

/** Key of the CA bundle in its ConfigMap, and so its file. */
export const CA_BUNDLE_KEY = "ca-bundle.pem";

/** Path of the CA bundle in the container. */
export const CA_BUNDLE_PATH = `${CA_DIRECTORY}/${CA_BUNDLE_KEY}`;

/** How the container gets both. */
export const PROVIDED_MOUNTS = [
  { name: "secrets", mountPath: SECRETS_PATH, readOnly: true },
  { name: "ca-bundle", mountPath: CA_DIRECTORY, readOnly: true },
] as const;

/**
 * Variables that make the usual clients verify the database's certificate and host name: libpq and
 * what is built on it, and Node.js.
 *
 * @see https://www.postgresql.org/docs/current/libpq-envars.html
 * @see https://nodejs.org/api/cli.html#node_extra_ca_certsfile
 */
export const TLS_ENVIRONMENT = {
  PGSSLMODE: "verify-full",
  PGSSLROOTCERT: CA_BUNDLE_PATH,
  NODE_EXTRA_CA_CERTS: CA_BUNDLE_PATH,
} as const;
