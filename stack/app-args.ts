import type { CsiSecretsAppArgs, SecureDatabaseArgs } from "../components";
import { CHECK_APP } from "./check-app";
import { type AppConfig, ENV } from "./config/app-schema";

/** What the config of an app says; the rest comes from the resources around it. */
export type PlainAppArgs = Omit<CsiSecretsAppArgs, "secretName" | "identity" | "driver">;
export type PlainDatabaseArgs = Omit<SecureDatabaseArgs, "vpcId" | "subnetIds" | "clients">;

/** Arguments of the app's `CsiSecretsApp`. */
export function plainAppArgs(config: AppConfig): PlainAppArgs {
  const { name, image, replicas = CHECK_APP.replicas, env = ENV, namespace = name } = config;
  const common = { ...without(config, "name", "identity", "database"), namespace };
  return image === undefined ? { ...common, ...CHECK_APP, replicas } : { ...common, image, env };
}

/** Arguments of the app's `SecureDatabase`. */
export const plainDatabaseArgs = ({ database }: AppConfig): PlainDatabaseArgs => ({
  ...without(database, "name"),
  databaseName: database.name,
});

/** What `database` of an app calls the argument that `SecureDatabase` calls by this name. */
export const databaseKey = (argument: string): string =>
  argument === "databaseName" ? "name" : argument;

function without<T extends object, Key extends keyof T & string>(
  value: T,
  ...keys: Key[]
): Omit<T, Key> {
  const left = Object.entries(value).filter(([key]) => !(keys as string[]).includes(key));
  return Object.fromEntries(left) as Omit<T, Key>;
}
