import { byteLength } from "./go/text";
import type { SecretValue } from "./secret-value";
import type { DeliveredFile, ExistingFile } from "./types";

/** The mount after the provider wrote into it. */
export interface Written {
  readonly files: readonly DeliveredFile[];
  /** Why it stopped; earlier files stay. */
  readonly error?: string;
}

/** A temporary name is the file's name and up to ten digits, and may be 255 bytes long. */
const MAX_NAME_BYTES = 255;
const RANDOM_DIGITS = 10;

/**
 * Writes each value to a temporary file and renames it, as the provider does where it writes itself.
 * Of two values with one file name the later stays. A name over 245 bytes is taken for too long: up
 * to 254, it depends on how many digits the random part has.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/5f47771/server/server.go
 */
export function writeFiles(
  values: readonly SecretValue[],
  fileMode: number,
  existing: Readonly<Record<string, ExistingFile>>,
): Written {
  const files = new Map<string, DeliveredFile>(
    Object.entries(existing).map(([path, file]) => [path, { path, ...file }] as const),
  );
  for (const value of values) {
    const error = writeError(value.fileName);
    if (error !== undefined) return { files: sortFiles(files.values()), error };
    files.set(value.fileName, deliveredFile(value, fileMode));
  }
  return { files: sortFiles(files.values()) };
}

/** The file that a value becomes. */
export function deliveredFile(value: SecretValue, fileMode: number): DeliveredFile {
  const { fileName, permission, content, origin } = value;
  return {
    path: fileName,
    mode: permissionBits(permission === "" ? fileMode : parseInt(permission, 8)),
    ...(content !== undefined && { content }),
    origin,
  };
}

/**
 * The bits that `chmod` sets for a Go file mode: its set-uid, set-gid and sticky bits stand higher
 * than in Unix, so the 1 of `1777` is lost.
 *
 * @see https://pkg.go.dev/io/fs#FileMode
 */
function permissionBits(mode: number): number {
  const bit = (position: number, value: number) => ((mode >>> position) & 1) * value;
  return (mode & 0o777) | bit(23, 0o4000) | bit(22, 0o2000) | bit(20, 0o1000);
}

function writeError(name: string): string | undefined {
  if (name.includes("/")) return `createtemp ${name}: pattern contains path separator`;
  // The last `*` of a pattern is where the random digits go.
  const star = name.lastIndexOf("*");
  const [prefix, suffix] = star < 0 ? [name, ""] : [name.slice(0, star), name.slice(star + 1)];
  const temporary = `<TARGET>/${prefix}<RAND>${suffix}`;
  if (name.includes("\0")) return `open ${temporary}: invalid argument`;
  if (byteLength(prefix + suffix) + RANDOM_DIGITS > MAX_NAME_BYTES) {
    return `open ${temporary}: file name too long`;
  }
  if (["", ".", ".."].includes(name)) return `rename ${temporary} <DIR>: file exists`;
  return undefined;
}

/** By path, as Go sorts a listing. */
export function sortFiles(files: Iterable<DeliveredFile>): readonly DeliveredFile[] {
  return [...files].sort((left, right) =>
    Buffer.compare(Buffer.from(left.path), Buffer.from(right.path)),
  );
}
