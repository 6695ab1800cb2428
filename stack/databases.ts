import * as pulumi from "@pulumi/pulumi";
import {
  type DatabaseSecretSource,
  DatabaseUser,
  type DatabaseUserArgs,
  SecureDatabase,
  type UserSecretSource,
} from "../components";
import { plainDatabaseArgs, plainUserArgs } from "./app-args";
import type { AppConfig } from "./config/app-schema";
import type { DatabaseConfig, OwnDatabaseConfig, UserConfig } from "./config/database-schema";
import type { Context, NetworkInfo } from "./network";
import { existingSource, firstOfMore, type OutsideSource } from "./secret-sources";

/** How an app gets to its database. */
export interface DatabaseAccess {
  /**
   * Where the credentials are: the user's, or without one the master user's. Without a database of the
   * stack, where the app's own secrets are.
   */
  readonly source: DatabaseSecretSource | UserSecretSource | OutsideSource;
  /** `undefined` where the stack has no database of it. */
  readonly host?: pulumi.Output<string>;
  /** What must be there before the app's pods, and until they are gone. */
  readonly resources: pulumi.Resource[];
}

export interface DatabaseContext extends Context {
  readonly network: NetworkInfo;
  readonly clients: Readonly<Record<string, pulumi.Input<string>>>;
  readonly caBundle: string | undefined;
}

interface Deployed {
  readonly database: SecureDatabase;
  readonly user: DatabaseUser | undefined;
}

/** The databases of all apps and their users, by the app's name. */
export function databases(
  apps: readonly AppConfig[],
  context: DatabaseContext,
): Readonly<Record<string, DatabaseAccess>> {
  const { network, clients, tags } = context;
  const owners = new Map<string, Deployed>();
  for (const { name, database: config } of apps) {
    if (!isOwn(config)) continue;
    const database = new SecureDatabase(name, {
      ...plainDatabaseArgs(config),
      vpcId: network.vpcId,
      subnetIds: network.databaseSubnetIds,
      clients: { ...clients, ...config.clients },
      tags,
    });
    const user = config.user && databaseUser(name, config.user, { database }, context);
    owners.set(name, { database, user });
  }
  return Object.fromEntries(apps.map((app) => [app.name, accessOf(app, owners, context)]));
}

function accessOf(
  app: AppConfig,
  owners: ReadonlyMap<string, Deployed>,
  context: DatabaseContext,
): DatabaseAccess {
  const { name, database: config, moreSecrets = [] } = app;
  if (config === false) return outside(name, firstOfMore(moreSecrets));
  if (!isOwn(config) && !("of" in config)) return outside(name, existingSource(config, app));
  const { database, user } = found(owners, "of" in config ? config.of : name);
  if (!("of" in config)) return access(database, user);
  const readsFrom = config.user.access === "read" ? user?.ownerRole : undefined;
  return access(database, databaseUser(name, config.user, { database, readsFrom }, context));
}

const isOwn = (config: DatabaseConfig): config is OwnDatabaseConfig =>
  config !== false && "name" in config;

/** The configuration was checked: an app without a database has a secret. */
function outside(name: string, source: OutsideSource | undefined): DatabaseAccess {
  if (source !== undefined) return { source, resources: [] };
  throw new pulumi.RunError(`the app '${name}' has neither a database nor a secret`);
}

function databaseUser(
  name: string,
  config: UserConfig,
  args: Pick<DatabaseUserArgs, "database" | "readsFrom">,
  { network, caBundle, tags }: DatabaseContext,
): DatabaseUser {
  return new DatabaseUser(
    name,
    {
      ...plainUserArgs(config),
      ...args,
      subnetIds: network.functionSubnetIds,
      caBundle,
      tags,
    },
    // The function is called during the deployment, and must reach Secrets Manager then.
    { dependsOn: network.egress },
  );
}

const access = (database: SecureDatabase, user: DatabaseUser | undefined): DatabaseAccess => ({
  source: (user ?? database).secretSource,
  host: database.host,
  resources: user === undefined ? [database] : [database, user],
});

/** The configuration was checked: whoever is named is there. */
function found(owners: ReadonlyMap<string, Deployed>, name: string): Deployed {
  const owner = owners.get(name);
  if (owner !== undefined) return owner;
  throw new pulumi.RunError(`no app '${name}' has a database of its own`);
}
