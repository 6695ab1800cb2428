import type { SecretSource } from "../components";
import { type AppConfig, SecretSource as FurtherSecret } from "./config/app-schema";
import type { ExistingDatabaseConfig } from "./config/database-schema";

/** Where an app's secrets are, the first of them under the app's own arguments. */
export type OutsideSource = SecretSource & { readonly moreSecrets?: readonly SecretSource[] };

/**
 * The secret of a database that exists. The check app reads the connection file, which a `shape`
 * that is not known does not promise.
 */
export const existingSource = (
  database: ExistingDatabaseConfig,
  { image, connectionFile }: Pick<AppConfig, "image" | "connectionFile">,
): OutsideSource => ({
  ...database,
  ...(image === undefined && connectionFile === undefined && { connectionFile: true }),
});

/** Of an app without a database, the first further secret is the one that every app has. */
export const firstOfMore = ([first, ...rest]: readonly SecretSource[]): OutsideSource | undefined =>
  first && { ...first, moreSecrets: rest };

const SOURCE_ARGUMENTS = Object.keys(FurtherSecret.shape);

/** The key of a component's argument for an app without a database: all secrets are in `moreSecrets`. */
export function keyWithoutDatabase(path: string): string {
  const [, argument = ""] = /^(\w+)/.exec(path) ?? [];
  if (SOURCE_ARGUMENTS.includes(argument)) return `moreSecrets[0].${path}`;
  return path.replace(
    /^moreSecrets\[(\d+)\]/,
    (_, position: string) => `moreSecrets[${Number(position) + 1}]`,
  );
}
