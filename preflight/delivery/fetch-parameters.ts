import { getParameters } from "./aws/parameter-store";
import { type Descriptor, labelInRegion, nameInRegion, versionInRegion } from "./descriptor";
import {
  crash,
  type FetchContext,
  type FetchRegion,
  type FetchService,
  fromRegions,
  inOrder,
  masked,
  noteVersions,
  type RegionResult,
} from "./fetch";
import { extractValues, type SecretValue } from "./secret-value";

const NIL_POINTER = "panic: runtime error: invalid memory address or nil pointer dereference";

/** Names that one `GetParameters` call takes. */
const BATCH_SIZE = 10;

/**
 * Entries of the Parameter Store: in batches of ten, each from every region.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/5f47771/provider/parameter_store_provider.go
 */
export const fetchParameters: FetchService = (descriptors, context) =>
  inOrder(batches(descriptors), (batch) =>
    fromRegions(context, batch, "Failed to fetch parameters from all regions.", (region) =>
      fetchBatch(region, batch, context),
    ),
  );

function fetchBatch(
  { client, data, failover }: FetchRegion,
  batch: readonly Descriptor[],
  { translation, versions }: FetchContext,
): RegionResult {
  const names = batch.map((descriptor) => {
    const selector = versionInRegion(descriptor, failover) || labelInRegion(descriptor, failover);
    return nameInRegion(descriptor, failover) + (selector === "" ? "" : `:${selector}`);
  });
  const got = client.call("GetParameters", batch, () =>
    getParameters(data.parameters ?? {}, names),
  );
  if (!got.ok) {
    const error = `${client.region}: Failed fetching parameters: ${got.text}`;
    return { ok: false, error, fatal: got.fatal, call: got.call };
  }
  if (got.result.invalid.length > 0) {
    const error = `400: ${client.region}: invalid parameters: ${got.result.invalid.join(", ")}`;
    return { ok: false, error, fatal: true };
  }

  // Keyed by the name alone: of two entries for one parameter, only the last gets its file.
  const entries = new Map(
    batch.map((descriptor) => [nameInRegion(descriptor, failover), descriptor] as const),
  );
  const values: SecretValue[] = [];
  for (const { name, requested, value, version } of got.result.parameters) {
    const descriptor = entries.get(name) ?? entries.get(requested);
    // Looked up as a pointer and followed without a check.
    if (descriptor === undefined) return crash(NIL_POINTER);
    const extracted = extractValues(descriptor, translation, value);
    if (!extracted.ok) {
      return extracted.crashes
        ? crash(extracted.error)
        : masked(`${client.region}: ${extracted.error}`);
    }
    noteVersions(versions, extracted.values, String(version));
    values.push(...extracted.values);
  }
  return { ok: true, values };
}

function batches<T>(items: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / BATCH_SIZE);
  return Array.from({ length: count }, (_, at) =>
    items.slice(at * BATCH_SIZE, (at + 1) * BATCH_SIZE),
  );
}
