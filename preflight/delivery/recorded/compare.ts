import { isDeepStrictEqual } from "node:util";
import { type DeliveredFile, type Delivery, predictDelivery } from "..";
import type {
  DeliveryCase,
  Expectation,
  RecordedContent,
  RecordedFile,
  RecordedSecret,
} from "./case";
import { requestsOf, UNKNOWN_NAMESPACE } from "./cases";

/** A field of the expectation on which the model and the recording disagree. */
export interface Disagreement {
  readonly field: keyof Expectation;
  readonly expected: unknown;
  readonly got: unknown;
}

/** Every field of an expectation, the empty ones spelled out. */
type Outcome = Readonly<Record<keyof Expectation, unknown>>;

/**
 * Where the model and the recording disagree. Of the requests that the case may stand for, one that
 * agrees is enough.
 */
export function disagreements(one: DeliveryCase): readonly Disagreement[] {
  const expected = recordedOutcome(one);
  const [first = [], ...others] = requestsOf(one).map((request) =>
    difference(expected, predictedOutcome(predictDelivery(request), one)),
  );
  return others.some((found) => found.length === 0) ? [] : first;
}

function difference(expected: Outcome, got: Outcome): readonly Disagreement[] {
  const fields = Object.keys(expected) as (keyof Expectation)[];
  return fields
    .filter((field) => !isDeepStrictEqual(expected[field], got[field]))
    .map((field) => ({ field, expected: expected[field], got: got[field] }));
}

function recordedOutcome(one: DeliveryCase): Outcome {
  const { expect } = one;
  const failed = expect.error !== undefined;
  const synced = expect.secretData !== undefined;
  return {
    error: expect.error === undefined ? undefined : withoutNamespace(expect.error),
    code: expect.code,
    driverError: expect.driverError,
    files:
      failed || refusedFiles(one)
        ? undefined
        : (expect.files ?? []).map((file) => fileOf(file, one)),
    filesLeftAfterError: failed
      ? (expect.filesLeftAfterError ?? []).map((file) => fileOf(file, one))
      : undefined,
    versions: failed ? undefined : versionsOf(expect.versions ?? {}, one),
    secretData: synced ? recordedSecrets(expect.secretData) : undefined,
    syncErrors: synced ? (expect.syncErrors ?? []).map(withoutFolder) : undefined,
    apiCalls: expect.apiCalls ?? {},
    providerLog: expect.providerLog ?? [],
  };
}

function predictedOutcome(delivery: Delivery, one: DeliveryCase): Outcome {
  const byProvider = !delivery.ok && delivery.refusedBy === "provider";
  const byDriver = !delivery.ok && delivery.refusedBy === "driver";
  const versions = delivery.ok ? delivery.versions : (delivery.offered?.versions ?? {});
  const synced = one.expect.secretData !== undefined;
  const files = delivery.files.map((file) => fileOf(recorded(file), one));
  return {
    error: byProvider ? withoutNamespace(delivery.error) : undefined,
    code: byProvider ? delivery.code : undefined,
    driverError: byDriver ? delivery.error : undefined,
    files: byProvider || refusedFiles(one) ? undefined : files,
    filesLeftAfterError: byProvider ? files : undefined,
    versions: byProvider ? undefined : versionsOf(versions, one),
    secretData: synced && delivery.ok ? secretsOf(delivery.secrets) : undefined,
    syncErrors: synced && delivery.ok ? delivery.syncErrors : undefined,
    apiCalls: delivery.apiCalls,
    providerLog: delivery.log,
  };
}

/** Whether the driver refused files that it was to write: a recording may list them or not. */
const refusedFiles = ({ expect, driverWrites = false }: DeliveryCase): boolean =>
  driverWrites && expect.driverError !== undefined;

const fileOf = (file: RecordedFile, { nondeterministicContent }: DeliveryCase) => ({
  path: file.path,
  mode: file.mode,
  ...(nondeterministicContent === undefined && { content: contentOf(file) }),
});

const recorded = ({ path, mode, content }: DeliveredFile): RecordedFile => ({
  path,
  mode: mode.toString(8).padStart(4, "0"),
  ...recordedContent(content),
});

const recordedContent = (content: Uint8Array | undefined): RecordedContent =>
  content === undefined ? {} : { contentBase64: Buffer.from(content).toString("base64") };

/** As text if it is text, so that a difference can be read. */
function contentOf({ content, contentBase64 }: RecordedContent): string | undefined {
  if (content !== undefined || contentBase64 === undefined) return content;
  const bytes = Buffer.from(contentBase64, "base64");
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : `base64:${contentBase64}`;
}

/** A recording may keep the name as the class writes it; the driver trims it. */
const recordedSecrets = (secrets: Readonly<Record<string, RecordedSecret>> = {}) =>
  Object.fromEntries(
    Object.entries(secrets).map(
      ([name, { type, data }]) =>
        [name.trim(), { type, data: mapValues(data, contentOf) }] as const,
    ),
  );

/** The namespace of the recording is not told, unless the case sets it. */
const withoutNamespace = (error: string): string =>
  error.replace(
    /(failed to get service account )[^/]+(?=\/)|(\(namespace: )[^)]+(?=\)$)/,
    `$1$2${UNKNOWN_NAMESPACE}`,
  );

/** The folder of the mount is another in each recording. */
const withoutFolder = (error: string): string =>
  error.replace(/(failed to get cert data from file )\S*\/(?=[^/]+, err:)/, "$1<TARGET>/");

const secretsOf = (secrets: Extract<Delivery, { ok: true }>["secrets"]) =>
  Object.fromEntries(
    // A Secret that is refused does not replace one of the same name.
    [...secrets].reverse().map(({ name, type, data }) => {
      const contents = mapValues(data, ({ content }) => contentOf(recordedContent(content)));
      return [name, { type, data: contents }] as const;
    }),
  );

function versionsOf(
  versions: Readonly<Record<string, string>>,
  { nondeterministicContent }: DeliveryCase,
) {
  return nondeterministicContent === undefined ? { ...versions } : Object.keys(versions).sort();
}

const mapValues = <T, R>(
  record: Readonly<Record<string, T>> = {},
  map: (value: T) => R,
): Readonly<Record<string, R>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)] as const));
