import { isRecord } from "../../components";

/** What `database` of an app is: made for it, another app's, one from outside the stack, or none. */
export type DatabaseKind = "own" | "guest" | "existing" | "none";

/** Keys of a database from outside the stack; `name` makes it one of the app's own. */
const OUTSIDE: readonly string[] = [
  ...["secretName", "secretArn", "kmsKeyArn", "failoverKmsKeyArn", "shape"],
];

/** Which one is meant, also where it has mistakes; `undefined` where nothing can be told. */
export function databaseKind(database: unknown): DatabaseKind | undefined {
  if (database === false) return "none";
  if (!isRecord(database)) return undefined;
  if (database.of !== undefined) return "guest";
  const keys = Object.keys(database);
  const isOutside = database.secretName !== undefined && keys.every((key) => OUTSIDE.includes(key));
  return isOutside ? "existing" : "own";
}
