import type { RegionClient } from "./aws/client";
import type { Descriptor } from "./descriptor";
import type { SecretValue } from "./secret-value";
import type { ExistingFile, FailedCall, FetchFailure, RegionData } from "./types";

/** What fetching works with; the versions are shared by both services and all regions. */
export interface FetchContext {
  readonly regions: readonly FetchRegion[];
  readonly translation: string;
  /** Version of each file, by its name. */
  readonly versions: Map<string, string>;
  readonly existingFiles: Readonly<Record<string, ExistingFile>>;
  readonly log: string[];
}

export interface FetchRegion {
  readonly client: RegionClient;
  readonly data: RegionData;
  readonly failover: boolean;
}

/** The values of all entries of one service, or the first refusal. */
export type Fetched =
  | { readonly ok: true; readonly values: readonly SecretValue[] }
  | {
      readonly ok: false;
      readonly error: string;
      readonly failure: FetchFailure;
      readonly crashes?: true;
    };

/** What one region gave: values, a failure that ends the mount, or one that is only logged. */
export type RegionResult =
  { readonly ok: true; readonly values: readonly SecretValue[] } | RegionFailure;

export interface RegionFailure {
  readonly ok: false;
  /** Where the provider crashes, what it prints last. */
  readonly error: string;
  readonly crashes?: true;
  readonly fatal: boolean;
  /** The call that failed; absent where its answer cannot be used. */
  readonly call?: FailedCall;
}

/** A failure that the provider does not ascribe to the caller, so it tries the next region. */
export const masked = (error: string): RegionFailure => ({ ok: false, error, fatal: false });

/** The provider's process dies, and the call with it. */
export const crash = (error: string): RegionFailure => ({
  ok: false,
  error,
  fatal: true,
  crashes: true,
});

/**
 * Asks every region, also after one has answered; the first answer with values counts. A failure
 * that is the caller's fault ends the mount, whichever region it comes from.
 */
export function fromRegions(
  context: FetchContext,
  descriptors: readonly Descriptor[],
  exhausted: string,
  fetch: (region: FetchRegion) => RegionResult,
): Fetched {
  let values: readonly SecretValue[] | undefined;
  const calls: FailedCall[] = [];
  const refuse = (error: string, crashes?: true): Fetched => ({
    ok: false,
    error,
    ...(crashes && { crashes }),
    failure: { descriptors, calls },
  });
  for (const region of context.regions) {
    const result = fetch(region);
    if (result.ok) {
      values ??= result.values;
      continue;
    }
    if (result.call !== undefined) calls.push(result.call);
    if (result.fatal) return refuse(result.error, result.crashes);
    context.log.push(`W: ${result.error}`);
  }
  return values === undefined ? refuse(exhausted) : { ok: true, values };
}

/** Fetches group by group and stops at the first refusal. */
export function inOrder<T>(items: readonly T[], fetch: (item: T) => Fetched): Fetched {
  const values: SecretValue[] = [];
  for (const item of items) {
    const fetched = fetch(item);
    if (!fetched.ok) return fetched;
    values.push(...fetched.values);
  }
  return { ok: true, values };
}

/** The JMESPath files of an entry get its version before its own file does. */
export function noteVersions(
  versions: Map<string, string>,
  [whole, ...parts]: readonly SecretValue[],
  version: string,
): void {
  for (const { fileName } of parts) versions.set(fileName, version);
  if (whole !== undefined) versions.set(whole.fileName, version);
}

export type FetchService = (descriptors: readonly Descriptor[], context: FetchContext) => Fetched;
