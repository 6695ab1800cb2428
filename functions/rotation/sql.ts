import { escapeIdentifier as name, escapeLiteral as literal } from "pg";
import type { RotationSettings } from "./settings";

/** A statement, with what it does in words: errors name those, never the text. */
export interface Statement {
  readonly does: string;
  readonly text: string;
}

/** What there is in the server before the statements run. */
export interface DatabaseFacts {
  /** The user that runs the statements. */
  readonly administrator: string;
  /** Those of `roleNames` that exist. */
  readonly roles: readonly string[];
  /** Whether the schema of the settings exists. */
  readonly hasSchema: boolean;
  /** Number of objects of this database that the administrator owns, the database itself aside. */
  readonly owned: number;
  /** Schemas of this database that the administrator owns. */
  readonly ownedSchemas: readonly string[];
  /** Databases that the administrator owns besides this one. */
  readonly otherDatabases: readonly string[];
}

/** The roles that the statements make where they are missing. */
export const roleNames = ({ ownerRole, users, readsFrom }: RotationSettings): readonly string[] => [
  ownerRole,
  ...users,
  ...(readsFrom === undefined ? [] : [readsFrom]),
];

/** One deployment at a time: two that grant on the same database would fail with XX000. */
export const LOCK = "select pg_advisory_xact_lock(hashtext('eks-db-secrets'))";

/** The query of `DatabaseFacts`: $1 the role names, $2 the schema. */
export const FACTS = `select current_user as administrator,
  array(select rolname::text from pg_roles where rolname = any($1)) as roles,
  exists (select from pg_namespace where nspname = $2) as "hasSchema",
  (select count(*)::int from pg_shdepend d
    where d.deptype = 'o' and d.refclassid = 'pg_authid'::regclass and d.refobjid = me.oid
      and d.dbid = (select oid from pg_database where datname = current_database())) as owned,
  array(select nspname::text from pg_namespace where nspowner = me.oid) as "ownedSchemas",
  array(select datname::text from pg_database
    where datdba = me.oid and datname <> current_database()) as "otherDatabases"
from pg_roles me where me.rolname = current_user`;

/** Roles, membership, the role at login, and grants. May run any number of times. */
export function setupStatements(
  settings: RotationSettings,
  facts: DatabaseFacts,
): readonly Statement[] {
  const { users, ownerRole, dbname } = settings;
  const missing = new Set(roleNames(settings).filter((role) => !facts.roles.includes(role)));
  const both = users.map(name).join(", ");
  const logins = new Set<string>(users);
  return [
    ...[...missing].map((role) => ({
      does: `create the role ${role}`,
      text: `create role ${name(role)} ${logins.has(role) ? "login" : "nologin"}`,
    })),
    {
      does: `make ${users.join(" and ")} members of ${ownerRole}`,
      text: `grant ${name(ownerRole)} to ${both}, current_user`,
    },
    ...users.map((user) => ({
      does: `set the role of ${user} at login`,
      text: `alter role ${name(user)} in database ${name(dbname)} set role = ${literal(ownerRole)}`,
    })),
    ...(settings.access === "owner" ? ownerGrants(settings, facts) : readGrants(settings)),
    {
      does: `let ${users.join(" and ")} connect`,
      text: `grant connect on database ${name(dbname)} to ${both}`,
    },
  ];
}

function ownerGrants(
  { ownerRole, dbname, schema }: RotationSettings,
  { hasSchema }: DatabaseFacts,
): readonly Statement[] {
  const [owner, database] = [name(ownerRole), name(dbname)];
  return [
    {
      does: "take the database from everyone",
      text: `revoke all on database ${database} from public`,
    },
    {
      does: `give ${ownerRole} the database`,
      text: `grant connect, temporary, create on database ${database} to ${owner}`,
    },
    ...(hasSchema
      ? []
      : [
          {
            does: `create the schema ${schema}`,
            text: `create schema ${name(schema)} authorization ${owner}`,
          },
        ]),
    {
      does: `take the schema ${schema} from everyone`,
      text: `revoke all on schema ${name(schema)} from public`,
    },
    {
      does: `give ${ownerRole} the schema ${schema}`,
      text: `grant usage, create on schema ${name(schema)} to ${owner}`,
    },
  ];
}

/** Reads what `readsFrom` has made and will make in the schema; nothing else. */
function readGrants({
  ownerRole,
  readsFrom = "",
  dbname,
  schema,
}: RotationSettings): readonly Statement[] {
  const [reader, owner, where] = [name(ownerRole), name(readsFrom), name(schema)];
  const future = `alter default privileges for role ${owner} in schema ${where}`;
  return [
    {
      does: `become a member of ${readsFrom}`,
      text: `grant ${owner} to current_user`,
    },
    {
      does: `let ${ownerRole} connect`,
      text: `grant connect on database ${name(dbname)} to ${reader}`,
    },
    {
      does: `let ${ownerRole} use the schema ${schema}`,
      text: `grant usage on schema ${where} to ${reader}`,
    },
    ...["tables", "sequences"].flatMap((kind) => [
      {
        does: `let ${ownerRole} read the ${kind} of ${schema}`,
        text: `grant select on all ${kind} in schema ${where} to ${reader}`,
      },
      {
        does: `let ${ownerRole} read the later ${kind} of ${readsFrom}`,
        text: `${future} grant select on ${kind} to ${reader}`,
      },
    ]),
  ];
}

/**
 * Hands over what the administrator made while it was the app's user. `REASSIGN OWNED` also moves other
 * databases, which belong to others: they are put back in the same transaction. Schemas go first, since
 * the new owner of an object needs the right to create in its schema.
 *
 * @see https://www.postgresql.org/docs/current/sql-reassign-owned.html
 */
export function handOverStatements(
  { ownerRole, access }: RotationSettings,
  { administrator, owned, ownedSchemas, otherDatabases }: DatabaseFacts,
): readonly Statement[] {
  if (access !== "owner" || owned === 0) return [];
  const owner = name(ownerRole);
  return [
    ...ownedSchemas.map((schema) => ({
      does: `hand the schema ${schema} over to ${ownerRole}`,
      text: `alter schema ${name(schema)} owner to ${owner}`,
    })),
    {
      does: `hand the objects of ${administrator} over to ${ownerRole}`,
      text: `reassign owned by ${name(administrator)} to ${owner}`,
    },
    ...otherDatabases.map((database) => ({
      does: `keep the database ${database}`,
      text: `alter database ${name(database)} owner to ${name(administrator)}`,
    })),
  ];
}

/** Sets a password by its verifier, and undoes what else keeps a user out. */
export const passwordStatement = (user: string, verifier: string): Statement => ({
  does: `set the password of ${user}`,
  text: `alter role ${name(user)} with login password ${literal(verifier)} valid until 'infinity'`,
});
