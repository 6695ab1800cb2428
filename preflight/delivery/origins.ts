import type { Descriptor } from "./descriptor";
import { predictDelivery } from "./predict";
import type { JsonShape } from "./shape";
import type { Origin, Parameter, Secret, SecretObject } from "./types";

/** Where each file and each value of a synced Secret comes from, or the refusal instead. */
export type FileOrigins =
  | {
      readonly ok: true;
      readonly files: Readonly<Record<string, Origin>>;
      /** File behind each key of each synced Secret. */
      readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
      readonly syncErrors: readonly string[];
    }
  | { readonly ok: false; readonly error: string; readonly log: readonly string[] };

export interface OriginsRequest {
  readonly parameters: Readonly<Record<string, string>>;
  /** The entries of the parameter `objects`, where somebody has read them. @default they are read here */
  readonly descriptors?: readonly Descriptor[];
  readonly secretObjects?: readonly SecretObject[];
  /** Shape of the JSON of each secret, by name: before a deployment, keys are known, values not. */
  readonly secrets: Readonly<Record<string, JsonShape>>;
  /** The same for parameters of the Parameter Store. @default none */
  readonly ssmParameters?: Readonly<Record<string, JsonShape>>;
  /** The node's region, for a class that names none. @default none */
  readonly nodeRegion?: string;
}

/**
 * The origin of every file that a SecretProviderClass delivers, from the shape of the secrets alone.
 */
export function fileOrigins(request: OriginsRequest): FileOrigins {
  const { parameters, descriptors, secretObjects = [], secrets } = request;
  const { ssmParameters = {}, nodeRegion } = request;
  const region = {
    secrets: mapValues(secrets, secretOfShape),
    parameters: mapValues(ssmParameters, (shape): Parameter => ({
      versions: [{ shape }],
      anyVersion: true,
    })),
  };
  const delivery = predictDelivery({
    parameters,
    ...(descriptors !== undefined && { descriptors }),
    secretObjects,
    primary: region,
    failover: region,
    ...(nodeRegion !== undefined && { cluster: { nodeRegion: { value: nodeRegion } } }),
  });
  if (!delivery.ok) return { ok: false, error: delivery.error, log: delivery.log };
  return {
    ok: true,
    files: Object.fromEntries(
      delivery.files.flatMap(({ path, origin }) => (origin === undefined ? [] : [[path, origin]])),
    ),
    secrets: Object.fromEntries(
      // A Secret that is refused does not replace one of the same name.
      [...delivery.secrets]
        .reverse()
        .map(({ name, data }) => [name, mapValues(data, ({ file }) => file)] as const),
    ),
    syncErrors: delivery.syncErrors,
  };
}

const secretOfShape = (shape: JsonShape): Secret => ({
  versions: [{ id: "current", stages: ["AWSCURRENT"], value: { shape } }],
  anyVersion: true,
});

const mapValues = <T, R>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => R,
): Readonly<Record<string, R>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)] as const));
