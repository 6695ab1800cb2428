import { posix } from "node:path";
import { describeSecret, getSecretValue } from "./aws/secrets-manager";
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
  type RegionFailure,
  type RegionResult,
} from "./fetch";
import { mountedFileName } from "./file-names";
import { extractValues } from "./secret-value";
import type { SecretContent } from "./types";

/**
 * Entries of Secrets Manager: one after the other, each from every region.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/5f47771/provider/secrets_manager_provider.go
 */
export const fetchSecrets: FetchService = (descriptors, context) =>
  inOrder(descriptors, (descriptor) =>
    fromRegions(
      context,
      [descriptor],
      `Failed to fetch secret from all regions. Verify secret exists and required permissions are granted for: ${descriptor.objectName}`,
      (region) => fetchFrom(region, descriptor, context),
    ),
  );

type Content =
  { readonly ok: true; readonly version: string; readonly content: SecretContent } | RegionFailure;

function fetchFrom(
  region: FetchRegion,
  descriptor: Descriptor,
  context: FetchContext,
): RegionResult {
  const current = currentVersion(region, descriptor, context);
  if (!current.ok) return current;
  const fetched =
    current.version === undefined
      ? download(region, descriptor)
      : reload(descriptor, current.version, context);
  if (!fetched.ok) return fetched;
  const extracted = extractValues(descriptor, context.translation, fetched.content);
  if (!extracted.ok) return extracted.crashes ? crash(extracted.error) : masked(extracted.error);
  noteVersions(context.versions, extracted.values, fetched.version);
  return extracted;
}

type Current =
  { readonly ok: true; readonly version?: string } | Extract<RegionResult, { ok: false }>;

/**
 * The version of the entry's file if it is still the wanted one; no call is made for a file that
 * has no version yet. A file that an earlier entry or region gave a version counts as having one.
 */
function currentVersion(
  { client, data, failover }: FetchRegion,
  descriptor: Descriptor,
  { versions, translation }: FetchContext,
): Current {
  const current = versions.get(mountedFileName(descriptor, translation));
  if (current === undefined) return { ok: true };
  const pinned = versionInRegion(descriptor, failover);
  if (pinned !== "") return { ok: true, ...(current === pinned && { version: current }) };

  const described = client.call("DescribeSecret", [descriptor], () =>
    describeSecret(data.secrets ?? {}, nameInRegion(descriptor, failover)),
  );
  if (!described.ok) {
    const error = `${client.region}: Failed to describe secret ${descriptor.objectName}: ${described.text}`;
    return { ok: false, error, fatal: described.fatal, call: described.call };
  }
  const label = labelInRegion(descriptor, failover) || "AWSCURRENT";
  const isCurrent = described.result.some(
    ({ id, stages }) => id === current && stages.includes(label),
  );
  return { ok: true, ...(isCurrent && { version: current }) };
}

function download({ client, data, failover }: FetchRegion, descriptor: Descriptor): Content {
  const got = client.call("GetSecretValue", [descriptor], () =>
    getSecretValue(data.secrets ?? {}, {
      id: nameInRegion(descriptor, failover),
      version: versionInRegion(descriptor, failover),
      stage: labelInRegion(descriptor, failover),
    }),
  );
  if (got.ok) return { ok: true, version: got.result.version, content: got.result.value };
  const error = `${client.region}: Failed fetching secret ${descriptor.objectName}: ${got.text}`;
  return { ok: false, error, fatal: got.fatal, call: got.call };
}

/** A current version is read from the mount, where an earlier entry's file is not yet written. */
function reload(
  descriptor: Descriptor,
  version: string,
  { existingFiles, translation }: FetchContext,
): Content {
  const path = posix.join("<TARGET>", mountedFileName(descriptor, translation));
  const name = path.slice("<TARGET>/".length);
  const file = Object.hasOwn(existingFiles, name) ? existingFiles[name] : undefined;
  if (file !== undefined) return { ok: true, version, content: file.content };
  // The aliases `.` and `..` lead to a folder.
  const problem = path.startsWith("<TARGET>/")
    ? `open ${path}: no such file or directory`
    : "read <DIR>: is a directory";
  return masked(`failed to read secret ${descriptor.objectName}: ${problem}`);
}
