import { secretNameProblem } from "../shared/aws-names";
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

const isIdentifier = (text: string, longest: number): boolean =>
  text.length <= longest && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text);

const identifierRule = (longest: number): string =>
  `must be 1 to ${longest} lower-case letters, digits and single hyphens, a letter first and no ` +
  "hyphen last";

/**
 * The component's name begins the names of its instance, groups and snapshot, so the rules of RDS
 * apply to it.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.Constraints
 */
export const componentNameProblem = (name: string): string | undefined =>
  isIdentifier(name, LONGEST_NAME)
    ? undefined
    : `${identifierRule(LONGEST_NAME)}, because the names of the RDS instance and its snapshot ` +
      "begin with it";

/** An identifier of RDS; also a client's name, which becomes part of the name of its rule. */
export const identifierProblem = (identifier: string): string | undefined =>
  isIdentifier(identifier, LONGEST_IDENTIFIER) ? undefined : identifierRule(LONGEST_IDENTIFIER);

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export const databaseNameProblem = (databaseName: string): string | undefined =>
  sqlNameProblem(databaseName) ??
  (RESERVED_DATABASE_NAMES.has(databaseName)
    ? "must not be a word that PostgreSQL or RDS reserves; use a name of the application's own, " +
      'such as "orders_app"'
    : undefined);

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export const usernameProblem = (username: string): string | undefined =>
  sqlNameProblem(username) ??
  (username.startsWith("pg_") || RESERVED_USERNAMES.has(username)
    ? 'must not be a word that PostgreSQL or RDS reserves, nor begin with "pg_"; use a name of ' +
      'the application\'s own, such as "app_owner"'
    : undefined);

const sqlNameProblem = (text: string): string | undefined =>
  /^[a-z][a-z0-9_]{0,62}$/.test(text)
    ? undefined
    : "must be 1 to 63 lower-case letters, digits and underscores, a letter first " +
      "(capitals would have to be quoted in every SQL statement)";

/**
 * The name of a new secret. Secrets Manager ends each ARN with a hyphen and six characters of its
 * own, and reads a name that ends so as part of an ARN.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 */
export const newSecretNameProblem = (secretName: string): string | undefined =>
  secretNameProblem(secretName) ??
  (/-[A-Za-z0-9]{6}$/.test(secretName)
    ? "must not end with a hyphen and six letters or digits, which Secrets Manager takes for the " +
      "end of an ARN; lengthen or shorten the last part, or leave 'secretName' out for a name " +
      "with a suffix of its own"
    : undefined);
