import { isRecord } from "../../components";
import { ExistingDatabase } from "./database-schema";

/** What `database` of an app is: made for it, another app's, one from outside the stack, or none. */
export type DatabaseKind = "own" | "guest" | "existing" | "none";

/** Keys of a database from outside the stack; `name` makes it one of the app's own. */
const OUTSIDE = Object.keys(ExistingDatabase.shape);

/** Whether a component's argument is a key of a database from outside the stack. */
export const isOfOutside = (path: string): boolean =>
  OUTSIDE.includes(/^\w+/.exec(path)?.[0] ?? "");

/** Which one is meant, also where it has mistakes; `undefined` where nothing can be told. */
export function databaseKind(database: unknown): DatabaseKind | undefined {
  if (database === false) return "none";
  if (!isRecord(database)) return undefined;
  if (database.of !== undefined) return "guest";
  const keys = Object.keys(database);
  const isOutside = database.secretName !== undefined && keys.every((key) => OUTSIDE.includes(key));
  return isOutside ? "existing" : "own";
}
