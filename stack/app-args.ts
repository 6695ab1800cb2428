import type { CsiSecretsAppArgs, DatabaseUserArgs, SecureDatabaseArgs } from "../components";
import { CHECK_APP } from "./check-app";
import { type AppConfig, ENV } from "./config/app-schema";
import type { OwnDatabaseConfig, UserConfig } from "./config/database-schema";
import { namespaceOf } from "./namespaces";

/** What the config of an app says; the rest comes from the resources around it. */
export type PlainAppArgs = Omit<CsiSecretsAppArgs, "secretName" | "identity" | "driver">;
export type PlainDatabaseArgs = Omit<SecureDatabaseArgs, "vpcId" | "subnetIds" | "clients">;

export type PlainUserArgs = Omit<DatabaseUserArgs, "database" | "readsFrom">;

/** Arguments of the app's `CsiSecretsApp`. */
export function plainAppArgs(config: AppConfig): PlainAppArgs {
  const { image, replicas = CHECK_APP.replicas, database } = config;
  const plain = without(config, "name", "identity", "database");
  const common = { ...plain, namespace: namespaceOf(config) };
  if (image === undefined) return { ...common, ...CHECK_APP, replicas };
  return { ...common, image, ...(database !== false && { env: config.env ?? ENV }) };
}

/** Arguments of an app's `SecureDatabase`; its clients are those of the stack as well. */
export const plainDatabaseArgs = (database: OwnDatabaseConfig): PlainDatabaseArgs => ({
  ...without(database, "name", "user", "clients"),
  databaseName: database.name,
});

/** Arguments of an app's `DatabaseUser`. */
export const plainUserArgs = ({ name, ...user }: UserConfig): PlainUserArgs => ({
  ...user,
  ...(name !== undefined && { userName: name }),
});

/** What `database` of an app calls the argument that `SecureDatabase` calls by this name. */
export const databaseKey = (argument: string): string =>
  argument === "databaseName" ? "name" : argument;

/** What `user` calls the argument that `DatabaseUser` calls by this name. */
export const userKey = (argument: string): string => (argument === "userName" ? "name" : argument);

function without<T extends object, Key extends keyof T & string>(
  value: T,
  ...keys: Key[]
): Omit<T, Key> {
  const left = Object.entries(value).filter(([key]) => !(keys as string[]).includes(key));
  return Object.fromEntries(left) as Omit<T, Key>;
}
