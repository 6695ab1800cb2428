import { byteLength, quote } from "./go/text";
import { sortFiles } from "./write-files";
import type { DeliveredFile } from "./types";

/** Largest answer of a provider that the driver takes by default (`maxCallRecvMsgSize`). */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

type Versions = ReadonlyMap<string, string>;

/**
 * Why the driver refuses what the provider answered, if it does.
 *
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/secrets-store/provider_client.go
 */
export function driverRefusal(
  files: readonly DeliveredFile[],
  versions: Versions,
): string | undefined {
  const size = messageSize(files, versions);
  if (size > MAX_MESSAGE_BYTES) {
    return `rpc error: code = ResourceExhausted desc = grpc: received message larger than max (${size} vs. ${MAX_MESSAGE_BYTES})`;
  }
  if (versions.size === 0) return "missing object versions";
  for (const { path } of files) {
    const error = pathError(path);
    if (error !== undefined) return error;
  }
  return conflictError(files);
}

/**
 * The mount after the driver wrote the files: the last of several with one path.
 *
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/util/fileutil/atomic_writer.go
 */
export const writtenByDriver = (files: readonly DeliveredFile[]): readonly DeliveredFile[] =>
  sortFiles(new Map(files.map((file) => [file.path, file] as const)).values());

/** @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/util/fileutil/writer.go */
function pathError(path: string): string | undefined {
  if (path === "") return 'invalid path: must not be empty: ""';
  if (path.startsWith("/")) return `invalid path: must be relative path: ${path}`;
  if (byteLength(path) > 4096) {
    return "invalid path: must be less than or equal to 4096 characters";
  }
  const items = path.split("/");
  for (const item of items) {
    if (item === "..") return `invalid path: must not contain '..': ${path}`;
    if (byteLength(item) > 255) {
      return "invalid path: filenames must be less than or equal to 255 characters";
    }
  }
  if (path.startsWith("..")) return `invalid path: must not start with '..': ${path}`;
  const clean = items.filter((item) => item !== "" && item !== ".").join("/") || ".";
  return clean === path ? undefined : `invalid filepath: ${quote(path)}`;
}

/** One path is a file, and a folder in another. Which of the two the driver meets first is random. */
function conflictError(files: readonly DeliveredFile[]): string | undefined {
  const paths = new Set(files.map(({ path }) => path));
  for (const path of paths) {
    const parents = path.split("/").map((_, at, items) => items.slice(0, at).join("/"));
    const parent = parents.find((one) => one !== "" && paths.has(one));
    if (parent !== undefined) return `mkdir <TARGET>/<RAND>/${parent}: not a directory`;
  }
  return undefined;
}

/**
 * Size of the answer as protobuf writes it.
 *
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/provider/v1alpha1/service.proto
 */
function messageSize(files: readonly DeliveredFile[], versions: Versions): number {
  const fileSizes = files.map(
    ({ path, mode, content }) =>
      field(byteLength(path)) + (mode === 0 ? 0 : 1 + varint(mode)) + field(content?.length ?? 0),
  );
  const versionSizes = [...versions].map(
    ([file, version]) => field(byteLength(file)) + field(byteLength(version)),
  );
  return [...fileSizes, ...versionSizes].reduce((sum, size) => sum + 1 + varint(size) + size, 0);
}

/** A field of text or bytes; an empty one is left out. */
const field = (size: number): number => (size === 0 ? 0 : 1 + varint(size) + size);

function varint(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}
