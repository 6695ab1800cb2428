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
import type { UserConfig } from "./config/database-schema";
import type { Context, NetworkInfo } from "./network";

/** How an app gets to its database. */
export interface DatabaseAccess {
  /** Where the credentials are: the user's, or without one the master user's. */
  readonly source: DatabaseSecretSource | UserSecretSource;
  readonly host: pulumi.Output<string>;
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
    if ("of" in config) continue;
    const database = new SecureDatabase(name, {
      ...plainDatabaseArgs(config),
      vpcId: network.vpcId,
      subnetIds: network.databaseSubnetIds,
      clients,
      tags,
    });
    const user = config.user && databaseUser(name, config.user, { database }, context);
    owners.set(name, { database, user });
  }
  const accesses = apps.map(({ name, database: config }) => {
    const { database, user } = found(owners, "of" in config ? config.of : name);
    if (!("of" in config)) return [name, access(database, user)] as const;
    const readsFrom = config.user.access === "read" ? user?.ownerRole : undefined;
    const guest = databaseUser(name, config.user, { database, readsFrom }, context);
    return [name, access(database, guest)] as const;
  });
  return Object.fromEntries(accesses);
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
