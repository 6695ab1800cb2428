import type { SecretSource } from "./args";
import { databaseUrlPath } from "./database-url";
import { keyPath } from "./key-path";

/** One value of one secret on its way into the pod. */
export interface DeliveryEntry {
  /** Position of the secret among the app's secrets; the database's is 0. */
  readonly secret: number;
  /** File name under the mount. */
  readonly file: string;
  /** Key of the secret's JSON; absent where the value is made of several, as a connection URL is. */
  readonly key?: string;
  /** JMESPath expression over the secret's JSON; its result is a string. */
  readonly path: string;
  /** Environment variable that gets the value, through the synced Secret. */
  readonly variable?: string;
  /** Where the caller asked for it, for errors: e.g. `moreSecrets[0].env.TOKEN`. */
  readonly argument: string;
}

/** The part of a secret source that is known without any `Output`. */
export type SourceKeys = Pick<LocatedSource, "at" | "env" | "files" | "shape">;

/** File that holds the whole JSON of a secret: the provider always writes it. */
export const wholeSecretFile = (secret: number): string =>
  secret === 0 ? "secret.json" : `secret-${secret + 1}.json`;

/** A secret source and where it stands in the caller's arguments, e.g. `moreSecrets[0].`. */
export type LocatedSource = SecretSource & { readonly at: string };

/** The app's secrets in order: the database's stands at the top level, the others follow. */
export const secretSources = (
  args: SecretSource & { readonly moreSecrets?: readonly SecretSource[] },
): readonly LocatedSource[] => [
  { ...args, at: "" },
  ...(args.moreSecrets ?? []).map((source, index) => ({ ...source, at: `moreSecrets[${index}].` })),
];

/** What each secret delivers, in the order the caller gave it. */
export function deliveryEntries(
  sources: readonly SourceKeys[],
  databaseUrl: string | undefined,
  caBundlePath: string,
): readonly DeliveryEntry[] {
  const entries = sources.flatMap(({ at, env = {}, files = {}, shape }, secret) => {
    const path = (key: string) => keyPath(key, shape?.[key]);
    return [
      ...Object.entries(env).map(([variable, key]) => ({
        secret,
        file: variable,
        key,
        path: path(key),
        variable,
        argument: `${at}env.${variable}`,
      })),
      ...Object.entries(files).map(([file, key]) => ({
        secret,
        file,
        key,
        path: path(key),
        argument: `${at}files['${file}']`,
      })),
    ];
  });
  if (databaseUrl === undefined) return entries;
  const url = {
    secret: 0,
    file: databaseUrl,
    path: databaseUrlPath(caBundlePath, sources[0]?.shape),
    variable: databaseUrl,
    argument: "databaseUrl",
  };
  return [...entries, url];
}
