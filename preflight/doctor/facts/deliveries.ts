import {
  type Descriptor,
  evaluatePath,
  isExpression,
  mountedFileName,
  parsePathTranslation,
  predictDelivery,
} from "../../delivery";
import type { SecretObject } from "./classes";
import type { ClassContent, Mount, MountedObject } from "./mounts";
import { possibleShapes, type SecretContent } from "./secret-content";
import type { StoredValue } from "./stored-secret";

/** What a mount gives, or what a class would give that nothing mounts, as far as it is known. */
export interface MountDelivery<T extends ClassContent = Mount> {
  readonly mount: T;
  /** Why the mount fails, in the provider's or driver's words, whatever the secrets hold. */
  readonly refusal: string | undefined;
  /** The JMESPath entries that fail on what the secret is known to hold. */
  readonly failures: readonly EntryFailure[];
  /** Those of which it is not known, and why. */
  readonly undecided: readonly UndecidedEntry[];
  /** Final name of each file, also where two share one. */
  readonly fileNames: readonly string[];
  /** Why a Secret is not made, in the driver's words; a missing file is not among them. */
  readonly syncErrors: readonly string[];
  /** Why the API server refuses a Secret that the driver would make. */
  readonly syncRefusals: readonly { readonly secretName: string; readonly refusal: string }[];
  readonly synced: readonly SyncedSecretPlan[];
}

export interface EntryFailure {
  /** `crash`: the provider's process dies on it; `wrong use`: it is an expression, which fails here. */
  readonly kind: "crash" | "missing" | "not a string" | "invalid path" | "wrong use" | "not JSON";
  readonly path: string;
  readonly alias: string;
  readonly secret: string;
  /** Keys that the secret has, for a remedy. */
  readonly keys: readonly string[];
}

export interface UndecidedEntry {
  /**
   * `late`: only the cloud knows the value; `elsewhere`: somebody else writes it; `later`: the path fails on the
   * value that the program starts with, and somebody else writes those that follow.
   */
  readonly reason: "late" | "elsewhere" | "later";
  readonly path: string;
  readonly alias: string;
  readonly secret: string;
}

/** A Secret that the driver is to make, and what of it has no file. */
export interface SyncedSecretPlan {
  readonly secretName: string;
  readonly keys: readonly string[];
  readonly missing: readonly { readonly objectName: string; readonly key: string }[];
}

/** What the driver and the provider make of a mount. */
export function deliveryOf<T extends ClassContent>(mount: T): MountDelivery<T> {
  const { providerClass, objects, parameters } = mount;
  if (providerClass.isUndecided) return undecided(mount);
  const fileNames = fileNamesOf(mount);
  const { refusal, syncErrors, syncRefusals } = predicted(mount);
  // What follows from a refusal is no fault of its own.
  if (refusal !== undefined) return { ...undecided(mount), refusal };
  return {
    mount,
    refusal,
    ...judged(objects),
    fileNames,
    syncErrors,
    syncRefusals,
    synced: providerClass.secretObjects.map((object) => syncedOf(object, fileNames)),
  };

  function predicted({
    region,
    refusal,
  }: ClassContent): Pick<MountDelivery, "refusal" | "syncErrors" | "syncRefusals"> {
    if (refusal !== undefined) return { refusal, syncErrors: [], syncRefusals: [] };
    const secretObjects = providerClass.secretObjects.map((object) => ({
      ...object,
      data: object.data.filter(({ objectName }) => fileNames.includes(objectName)),
    }));
    const delivery = predictDelivery({
      parameters: { ...parameters, region },
      descriptors: withoutPaths(objects),
      secretObjects: secretObjects.filter(({ data }) => data.length > 0),
      ...everyValue(objects),
    });
    return delivery.ok
      ? {
          refusal: undefined,
          syncErrors: delivery.syncErrors,
          syncRefusals: delivery.secrets.flatMap(({ name, refusal }) =>
            refusal === undefined ? [] : [{ secretName: name, refusal }],
          ),
        }
      : { refusal: delivery.error, syncErrors: [], syncRefusals: [] };
  }
}

/** Nothing is known of it, so nothing is said against it. */
const undecided = <T extends ClassContent>(mount: T): MountDelivery<T> => ({
  mount,
  refusal: undefined,
  failures: [],
  undecided: [],
  fileNames: [],
  syncErrors: [],
  syncRefusals: [],
  synced: [],
});

/** Whatever `objects` holds is there, with a key that every path is replaced by. */
const SHAPE = { value: "string" } as const;

const withoutPaths = (objects: readonly MountedObject[]): readonly Descriptor[] =>
  objects.map(({ descriptor }) => ({
    ...descriptor,
    jmesPath: descriptor.jmesPath.map((entry) => ({ ...entry, path: "value" })),
  }));

function everyValue(objects: readonly MountedObject[]) {
  const names = objects.flatMap(({ descriptor }) =>
    [descriptor.objectName, descriptor.failoverObject.objectName].filter((name) => name !== ""),
  );
  const region = {
    secrets: Object.fromEntries(
      names.map((name) => [
        name,
        {
          versions: [{ id: "1", stages: ["AWSCURRENT"], value: { shape: SHAPE } }],
          anyVersion: true,
        },
      ]),
    ),
    parameters: Object.fromEntries(
      names.map((name) => [name, { versions: [{ shape: SHAPE }], anyVersion: true }]),
    ),
  };
  return { primary: region, failover: region };
}

function fileNamesOf({ objects, parameters }: ClassContent): readonly string[] {
  const translation = parsePathTranslation(parameters.pathTranslation ?? "") ?? "_";
  return objects.flatMap(({ descriptor }) => [
    mountedFileName(descriptor, translation),
    ...descriptor.jmesPath.map(({ objectAlias }) =>
      mountedFileName({ objectName: "", objectAlias }, translation),
    ),
  ]);
}

function syncedOf(
  { secretName, data }: SecretObject,
  fileNames: readonly string[],
): SyncedSecretPlan {
  return {
    secretName,
    keys: data.map(({ key }) => key),
    missing: data.filter(({ objectName }) => !fileNames.includes(objectName)),
  };
}

/**
 * The entries that fail, and those of which it is not known. Of a secret outside the program only the
 * paths themselves can be judged.
 */
function judged(objects: readonly MountedObject[]): Pick<MountDelivery, "failures" | "undecided"> {
  const failures: EntryFailure[] = [];
  const undecided: UndecidedEntry[] = [];
  for (const { descriptor, value } of objects) {
    const content = value?.content;
    const contents = possibleContents(content);
    for (const { path, objectAlias: alias } of descriptor.jmesPath) {
      const verdict = failureOf(path, descriptor, contents);
      if (verdict === undefined) continue;
      const secret = value?.name ?? descriptor.objectName;
      const entry = { path: onOneLine(path), alias, secret };
      if (mayBeMended(verdict, value)) undecided.push({ reason: "later", ...entry });
      else if (verdict !== "undecided")
        failures.push({ kind: verdict, ...entry, keys: keysOf(content) });
      else undecided.push({ reason: value?.isWritten === true ? "late" : "elsewhere", ...entry });
    }
  }
  return { failures, undecided };
}

/** Whether a path fails on the first value alone, which others replace. */
const mayBeMended = (verdict: Verdict, value: StoredValue | undefined): boolean =>
  value?.isStartValue === true && ["missing", "not a string", "not JSON"].includes(verdict ?? "");

/** A path may hold line breaks, which a message must not. */
const onOneLine = (path: string): string => path.replaceAll("\n", "\\n");

type Verdict = EntryFailure["kind"] | "undecided" | undefined;

/** What becomes of a path on every value that the secret may turn out to have. */
function failureOf(
  path: string,
  descriptor: Descriptor,
  contents: readonly (SecretContent | undefined)[],
): Verdict {
  const verdicts = new Set(contents.map((content) => verdictOn(path, descriptor, content)));
  const [verdict] = verdicts;
  return verdicts.size === 1 ? verdict : "undecided";
}

const possibleContents = (
  content: SecretContent | undefined,
): readonly (SecretContent | undefined)[] =>
  typeof content === "object"
    ? possibleShapes(content.shape).map((shape) => ({ ...content, shape }))
    : [content];

function verdictOn(
  path: string,
  { objectName }: Descriptor,
  content: SecretContent | undefined,
): Verdict {
  if (content === undefined) return isExpression(path) ? "undecided" : "invalid path";
  const result = evaluatePath(path, content === "text" ? "text" : content, objectName);
  if (!result.ok && result.error.startsWith("Invalid JMES Path"))
    return isExpression(path) ? "wrong use" : "invalid path";
  if (result.ok) return undefined;
  if (result.crashes === true) return "crash";
  if (result.error.startsWith("Invalid JSON")) return "not JSON";
  return result.error.startsWith("Invalid JMES search result type") ? "not a string" : "missing";
}

const keysOf = (content: SecretContent | undefined): readonly string[] =>
  typeof content === "object" && typeof content.shape === "object" && !Array.isArray(content.shape)
    ? Object.keys(content.shape)
    : [];
