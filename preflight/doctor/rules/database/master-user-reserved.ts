import type { Database } from "../../facts";
import type { Rule } from "../../rule";

export const masterUserReserved: Rule = {
  id: "master-user-reserved",
  severity: "error",
  why:
    "RDS keeps some names for itself and refuses them as the name of the master user, after minutes: " +
    "with PostgreSQL admin, rdsadmin, every name that begins with pg_, and the key words of SQL.",
  remedy: "Call the user for instance after the application, with _owner at its end.",
  source: "https://github.com/aws-cloudformation/cfn-lint/pull/4425",
  check: ({ databases }) =>
    databases.filter(isReserved).map(({ urn, name, username = "" }) => ({
      urn,
      message: `RDS refuses "${username}" as the master user of the database ${name}: the name is reserved`,
    })),
};

function isReserved({ engine, username }: Database): boolean {
  const name = username?.toLowerCase();
  if (name === undefined) return false;
  if (!(engine ?? "").includes("postgres")) return name === "rdsadmin";
  return name.startsWith("pg_") || POSTGRESQL.includes(name);
}

/**
 * Names that RDS has itself, and key words that PostgreSQL reserves.
 *
 * @see https://www.postgresql.org/docs/18/sql-keywords-appendix.html
 */
const POSTGRESQL: readonly string[] = [
  ...["admin", "rdsadmin", "rds_superuser", "rds_replication", "rds_iam", "rdsrepladmin"],
  ...["all", "and", "any", "array", "as", "authorization", "between", "both", "case", "cast"],
  ...["check", "column", "constraint", "create", "cross", "current_role", "current_user"],
  ...["default", "desc", "distinct", "do", "else", "end", "except", "false", "for", "foreign"],
  ...["from", "full", "grant", "group", "having", "in", "inner", "into", "is", "join", "left"],
  ...["like", "limit", "natural", "not", "null", "on", "or", "order", "outer", "primary"],
  ...["references", "returning", "right", "select", "session_user", "some", "system_user"],
  ...["table", "then", "to", "true", "union", "unique", "user", "using", "verbose", "when"],
  ...["where", "window", "with"],
];
