import { ArgError } from "../shared/arg-error";
import { RESERVED_DATABASE_NAMES, RESERVED_USERNAMES } from "./reserved-words";

/** RDS allows an instance identifier this many characters. */
const LONGEST_IDENTIFIER = 63;
/** A hyphen and the eight hexadecimal digits of four random bytes. */
const SUFFIX_LENGTH = 9;
const LONGEST_NAME = LONGEST_IDENTIFIER - SUFFIX_LENGTH;

/** Bytes of the random suffix that makes an instance's identifier and its final snapshot unique. */
export const SUFFIX_BYTES = 4;

export const instanceIdentifier = (name: string, hex: string): string => `${name}-${hex}`;
export const finalSnapshotIdentifier = (name: string, hex: string): string =>
  `${name}-final-${hex}`;

/** The log groups that RDS writes to for an instance with these log exports. */
export const LOG_EXPORTS = ["postgresql", "upgrade"] as const;
export type LogExport = (typeof LOG_EXPORTS)[number];

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html */
export const logGroupName = (identifier: string, log: LogExport): string =>
  `/aws/rds/instance/${identifier}/${log}`;

const IDENTIFIER_RULE =
  "lower-case letters, digits and single hyphens, a letter first and no hyphen last";

const isIdentifier = (text: string, longest: number): boolean =>
  text.length <= longest && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text);

/**
 * The component's name begins the names of its instance, groups and snapshot, so the rules of RDS
 * apply to it.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.Constraints
 */
export function checkComponentName(component: string, name: string): void {
  if (isIdentifier(name, LONGEST_NAME)) return;
  throw new ArgError(
    component,
    "name",
    `must be at most ${LONGEST_NAME} characters: ${IDENTIFIER_RULE}, because the names of the ` +
      `RDS instance and its snapshot begin with it; got "${name}" (${name.length} characters)`,
  );
}

/** Same rules as for the component's name, up to the full length that RDS allows. */
export function checkIdentifier(component: string, identifier: string): void {
  if (isIdentifier(identifier, LONGEST_IDENTIFIER)) return;
  throw new ArgError(
    component,
    "identifier",
    `must be at most ${LONGEST_IDENTIFIER} characters: ${IDENTIFIER_RULE}; ` +
      `got "${identifier}" (${identifier.length} characters)`,
  );
}

const NAME_RULE =
  "must be 1 to 63 lower-case letters, digits and underscores, a letter first " +
  "(capitals would have to be quoted in every SQL statement)";

const isSqlName = (text: string): boolean => /^[a-z][a-z0-9_]{0,62}$/.test(text);

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export function checkDatabaseName(component: string, databaseName: string): void {
  if (!isSqlName(databaseName)) {
    throw new ArgError(component, "databaseName", `${NAME_RULE}; got "${databaseName}"`);
  }
  if (RESERVED_DATABASE_NAMES.has(databaseName)) {
    throw new ArgError(
      component,
      "databaseName",
      `must not be a word that PostgreSQL or RDS keeps for itself; got "${databaseName}"; ` +
        `use a name of the application's own, such as "${databaseName}_app"`,
    );
  }
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export function checkUsername(component: string, username: string): void {
  if (!isSqlName(username)) {
    throw new ArgError(component, "username", `${NAME_RULE}; got "${username}"`);
  }
  if (username.startsWith("pg_") || RESERVED_USERNAMES.has(username)) {
    throw new ArgError(
      component,
      "username",
      `must not be a word that PostgreSQL or RDS keeps for itself, nor begin with "pg_"; ` +
        `got "${username}"; use a name of the application's own, such as "app_owner"`,
    );
  }
}

/**
 * The name of the secret. Secrets Manager ends each ARN with a hyphen and six characters of its
 * own, and reads a name that ends so as part of an ARN.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 */
export function checkSecretName(component: string, secretName: string): void {
  if (!/^[A-Za-z0-9/_+=.@-]{1,512}$/.test(secretName)) {
    throw new ArgError(
      component,
      "secretName",
      `must be 1 to 512 letters, digits and the characters / _ + = . @ -; got "${secretName}"`,
    );
  }
  if (/-[A-Za-z0-9]{6}$/.test(secretName)) {
    throw new ArgError(
      component,
      "secretName",
      "must not end with a hyphen and six letters or digits, which Secrets Manager takes for the " +
        `end of an ARN; got "${secretName}"; lengthen or shorten the last part, or leave ` +
        "'secretName' out for a name with a suffix of its own",
    );
  }
}

/** The name of a client becomes part of the name of its rule. */
export function checkClientName(component: string, client: string): void {
  if (isIdentifier(client, LONGEST_IDENTIFIER)) return;
  throw new ArgError(
    component,
    `clients.${client}`,
    `must be named with at most ${LONGEST_IDENTIFIER} characters: ${IDENTIFIER_RULE}; ` +
      `got "${client}"`,
  );
}
