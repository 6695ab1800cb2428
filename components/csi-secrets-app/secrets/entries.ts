import { memberPath } from "../../shared/problems";
import type { SecretSource } from "../args";
import { connectionFileName, connectionFilePath, serviceName } from "./connection-file";
import { CONNECTION_KEYS, holdsConnection } from "./connection-keys";
import { databaseUrlPath } from "./database-url";
import { keyPath } from "./key-path";

/** A value of a secret that the caller asked for. */
export interface RequestedValue {
  /** Position of the secret among the app's secrets; the one at the top level is 0. */
  readonly secret: number;
  /** File name under the mount. */
  readonly file: string;
  /** Keys of the secret's JSON that it is made of. */
  readonly keys: readonly string[];
  /** What the provider makes of the keys; absent where the value is that of the one key. */
  readonly rendered?: "databaseUrl" | "connectionFile" | "whole";
  /** Environment variable that gets the value, through the synced Secret. */
  readonly variable?: string;
  /** Path of the argument that asks for it, e.g. `moreSecrets[0].env.TOKEN`. */
  readonly argument: string;
}

/** One value of one secret on its way into the pod. */
export interface DeliveryEntry extends RequestedValue {
  /** JMESPath expression over the secret's JSON; its result is a string. Absent for the whole secret. */
  readonly path: string | undefined;
}

/** A secret source and the prefix of its arguments' paths, e.g. `moreSecrets[0].`. */
export type LocatedSource = SecretSource & { readonly at: string };

/** The part of a secret source that is plain. */
export type SourceKeys = Pick<
  LocatedSource,
  "at" | "env" | "files" | "shape" | "databaseUrl" | "connectionFile" | "whole"
>;

/** File that holds a secret as a whole: the provider always writes it. */
export const wholeSecretFile = (secret: number, whole?: SecretSource["whole"]): string =>
  whole?.file ?? whole?.env ?? (secret === 0 ? "secret.json" : `secret-${secret + 1}.json`);

/** The app's secrets in order: the one at the top level, then `moreSecrets`. */
export const secretSources = (
  args: SecretSource & { readonly moreSecrets?: readonly SecretSource[] },
): readonly LocatedSource[] => [
  { ...args, at: "" },
  ...(args.moreSecrets ?? []).map((source, index) => ({ ...source, at: `moreSecrets[${index}].` })),
];

/** Whether a connection file is made of a secret. */
const hasConnectionFile = ({ connectionFile, shape }: SourceKeys): boolean =>
  connectionFile ?? holdsConnection(shape);

/** Position of the secret whose connection file libpq reads; `undefined` where there is none. */
export function connectionSecret(sources: readonly SourceKeys[]): number | undefined {
  const index = sources.findIndex(hasConnectionFile);
  return index < 0 ? undefined : index;
}

/** What the caller asks for, by secret, in the order given; what is rendered comes last. */
export const requestedValues = (sources: readonly SourceKeys[]): readonly RequestedValue[] =>
  sources.flatMap((source, secret): readonly RequestedValue[] => {
    const { at, env = {}, files = {}, databaseUrl, whole } = source;
    return [
      ...(whole === undefined
        ? []
        : [
            {
              secret,
              file: wholeSecretFile(secret, whole),
              keys: [],
              rendered: "whole" as const,
              ...(whole.env !== undefined && { variable: whole.env }),
              argument: `${at}whole`,
            },
          ]),
      ...Object.entries(env).map(([variable, key]) => ({
        secret,
        file: variable,
        keys: [key],
        variable,
        argument: memberPath(`${at}env`, variable),
      })),
      ...Object.entries(files).map(([file, key]) => ({
        secret,
        file,
        keys: [key],
        argument: memberPath(`${at}files`, file),
      })),
      ...(databaseUrl === undefined
        ? []
        : [
            {
              secret,
              file: databaseUrl,
              keys: CONNECTION_KEYS,
              rendered: "databaseUrl" as const,
              variable: databaseUrl,
              argument: `${at}databaseUrl`,
            },
          ]),
      ...(hasConnectionFile(source)
        ? [
            {
              secret,
              file: connectionFileName(secret),
              keys: CONNECTION_KEYS,
              rendered: "connectionFile" as const,
              argument: `${at}connectionFile`,
            },
          ]
        : []),
    ];
  });

/** How each requested value gets into the pod. */
export const deliveryEntries = (
  app: string,
  sources: readonly SourceKeys[],
  caBundlePath: string,
): readonly DeliveryEntry[] =>
  requestedValues(sources).map((value) => ({
    ...value,
    path: pathOf(value, serviceName(app, value.secret), caBundlePath, sources[value.secret]?.shape),
  }));

function pathOf(
  { keys, rendered }: RequestedValue,
  service: string,
  caBundlePath: string,
  shape: SourceKeys["shape"],
): string | undefined {
  const [key = ""] = keys;
  switch (rendered) {
    case "databaseUrl":
      return databaseUrlPath(caBundlePath, shape);
    case "connectionFile":
      return connectionFilePath(service, caBundlePath, shape);
    case "whole":
      return undefined;
    case undefined:
      return keyPath(key, shape);
  }
}
