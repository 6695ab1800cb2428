/**
 * The reserved key words of PostgreSQL 18, which also covers those of the versions before it. RDS
 * refuses them as names of databases and users.
 *
 * @see https://www.postgresql.org/docs/18/sql-keywords-appendix.html
 */
const POSTGRESQL_KEY_WORDS = `
  all analyse analyze and any array as asc asymmetric authorization binary both case cast check
  collate collation column concurrently constraint create cross current_catalog current_date
  current_role current_schema current_time current_timestamp current_user default deferrable desc
  distinct do else end except false fetch for foreign freeze from full grant group having ilike in
  initially inner intersect into is isnull join lateral leading left like limit localtime
  localtimestamp natural not notnull null offset on only or order outer overlaps placing primary
  references returning right select session_user similar some symmetric system_user table
  tablesample then to trailing true union unique user using variadic verbose when where window with
`;

/** Names that RDS itself keeps: https://github.com/aws-cloudformation/cfn-lint/pull/4425 */
const RDS_NAMES = ["admin", "rdsadmin", "rds_superuser", "rds_replication", "rds_iam"];

/** Databases that every instance has from the start, and two more words that RDS refuses. */
const DATABASE_NAMES = ["postgres", "template0", "template1", "db", "database"];

const KEY_WORDS = POSTGRESQL_KEY_WORDS.trim().split(/\s+/);

export const RESERVED_USERNAMES: ReadonlySet<string> = new Set([...KEY_WORDS, ...RDS_NAMES]);
export const RESERVED_DATABASE_NAMES: ReadonlySet<string> = new Set([
  ...KEY_WORDS,
  ...RDS_NAMES,
  ...DATABASE_NAMES,
]);
