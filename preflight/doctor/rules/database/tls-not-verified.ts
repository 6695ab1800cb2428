import type { Mount, MountedObject } from "../../facts";
import { HOLE } from "../../../simulation/wire/unknown";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const tlsNotVerified: Rule = {
  id: "tls-not-verified",
  severity: "warning",
  why:
    "A client that does not verify the certificate and the host name talks to whoever " +
    "answers. libpq falls back to plain text without a word.",
  remedy:
    "Set PGSSLMODE=verify-full and PGSSLROOTCERT to the bundle of RDS roots, or " +
    "sslmode=verify-full in the connection URL; with MySQL ssl-mode=VERIFY_IDENTITY.",
  source: "https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION",
  check: ({ mounts }) =>
    distinct(
      mounts
        .filter(({ objects }) => objects.some(isDatabaseSecret))
        .filter((mount) => !verifies(mount))
        .map(({ workload }) => ({
          urn: workload.urn,
          message: `${workload.label} holds the login of a database and does not verify its certificate`,
        })),
    ),
};

/** By what it holds: a master password, or the keys of a login. */
function isDatabaseSecret({ secret }: MountedObject): boolean {
  if (secret === undefined) return false;
  const shape = typeof secret.content === "object" ? secret.content.shape : undefined;
  return secret.masterPasswordOf.length > 0 || (typeof shape === "object" && isLogin(shape));
}

const isLogin = (shape: object): boolean =>
  ["host", "username", "password"].every((key) => Object.hasOwn(shape, key));

function verifies({ workload, objects }: Mount): boolean {
  // What is known only after the update may well verify; an address of which only the host is does not.
  const mayVerify = workload.variables.some(
    ({ isValueLate, name, partialValue }) =>
      // One without a name may be any.
      name === "" ||
      (isValueLate &&
        MAY_VERIFY.test(name) &&
        (partialValue === undefined || VERIFIED.test(partialValue) || !isAddress(partialValue))),
  );
  if (mayVerify) return true;
  const inEnvironment = workload.environment.some(
    ([name, value]) => (name === "PGSSLMODE" && value === "verify-full") || VERIFIED.test(value),
  );
  return (
    inEnvironment ||
    objects.some(({ descriptor }) => descriptor.jmesPath.some(({ path }) => VERIFIED.test(path)))
  );
}

/** In addresses of PostgreSQL, and of MySQL and its JDBC driver. */
const VERIFIED = /sslmode=verify-full|ssl-?mode=verify_identity/i;

/** An address that ends in its path or in known parameters: nothing unknown can add one. */
const isAddress = (text: string): boolean =>
  /^[\w+:]+:\/\//.test(text) && !text.slice(text.lastIndexOf("/")).includes(HOLE);

/** Variables that hold the mode of TLS, or a whole address of a database. */
const MAY_VERIFY = /SSLMODE|URL|URI|DSN|CONN/i;
