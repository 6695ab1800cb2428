import { memberPath } from "../../shared/problems";
import type { SecretSource } from "../args";
import { databaseUrlPath } from "./database-url";
import { keyPath } from "./key-path";

/** A value of a secret that the caller asked for. */
export interface RequestedValue {
  /** Position of the secret among the app's secrets; the one at the top level is 0. */
  readonly secret: number;
  /** File name under the mount. */
  readonly file: string;
  /** Key of the secret's JSON; absent where the value is made of several, as a connection URL is. */
  readonly key?: string;
  /** Environment variable that gets the value, through the synced Secret. */
  readonly variable?: string;
  /** Path of the argument that asks for it, e.g. `moreSecrets[0].env.TOKEN`. */
  readonly argument: string;
}

/** One value of one secret on its way into the pod. */
export interface DeliveryEntry extends RequestedValue {
  /** JMESPath expression over the secret's JSON; its result is a string. */
  readonly path: string;
}

/** A secret source and the prefix of its arguments' paths, e.g. `moreSecrets[0].`. */
export type LocatedSource = SecretSource & { readonly at: string };

/** The part of a secret source that is plain. */
export type SourceKeys = Pick<LocatedSource, "at" | "env" | "files" | "shape">;

/** File that holds the whole JSON of a secret: the provider always writes it. */
export const wholeSecretFile = (secret: number): string =>
  secret === 0 ? "secret.json" : `secret-${secret + 1}.json`;

/** The app's secrets in order: the one at the top level, then `moreSecrets`. */
export const secretSources = (
  args: SecretSource & { readonly moreSecrets?: readonly SecretSource[] },
): readonly LocatedSource[] => [
  { ...args, at: "" },
  ...(args.moreSecrets ?? []).map((source, index) => ({ ...source, at: `moreSecrets[${index}].` })),
];

/** What the caller asks for, in the order given, the connection URL last. */
export function requestedValues(
  sources: readonly SourceKeys[],
  databaseUrl: string | undefined,
): readonly RequestedValue[] {
  const values = sources.flatMap(({ at, env = {}, files = {} }, secret) => [
    ...Object.entries(env).map(([variable, key]) => ({
      secret,
      file: variable,
      key,
      variable,
      argument: memberPath(`${at}env`, variable),
    })),
    ...Object.entries(files).map(([file, key]) => ({
      secret,
      file,
      key,
      argument: memberPath(`${at}files`, file),
    })),
  ]);
  if (databaseUrl === undefined) return values;
  const url = {
    secret: 0,
    file: databaseUrl,
    variable: databaseUrl,
    argument: "databaseUrl",
  };
  return [...values, url];
}

/** How each requested value gets into the pod. */
export const deliveryEntries = (
  sources: readonly SourceKeys[],
  databaseUrl: string | undefined,
  caBundlePath: string,
): readonly DeliveryEntry[] =>
  requestedValues(sources, databaseUrl).map((value) => {
    const shape = sources[value.secret]?.shape;
    const { key } = value;
    const path = key === undefined ? databaseUrlPath(caBundlePath, shape) : keyPath(key, shape);
    return { ...value, path };
  });
