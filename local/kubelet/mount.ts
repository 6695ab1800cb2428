import { createHash, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { VolumeMount } from "./pod";
import { failedMount, PodEvent } from "./pod-event";

export interface MountedFile {
  /** Path under the mount. */
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly content?: Uint8Array;
}

const MEMORY = "/dev/shm";
/** Maximum length of the path in the name of a folder. */
const NAME_LENGTH = 200;
/** A folder that no volume shows after this time was left by an interrupted mount. */
const ABANDONED_MS = 60_000;

/** The folder of the volumes of a stack's pods: in memory where the system has such a file system. */
export function volumesFolder(stackFolder: string): string {
  if (!fs.existsSync(MEMORY)) return path.join(stackFolder, "volumes");
  const whole = path.resolve(stackFolder);
  // Readable for people; the hash keeps similar or truncated paths apart.
  const readable = whole.replaceAll(/[^A-Za-z0-9-]+/g, "-").slice(0, NAME_LENGTH);
  const hash = createHash("sha256").update(whole).digest("hex").slice(0, 12);
  return path.join(MEMORY, `eks-db-secrets${readable}-${hash}`);
}

/**
 * Creates the folder of a stack's volumes. Other users can write beside it and predict its name, so an
 * existing folder is used only if it belongs to this user alone.
 */
export function openVolumes(folder: string): void {
  if (fs.lstatSync(folder, { throwIfNoEntry: false }) === undefined) {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const found = fs.lstatSync(folder);
  const own = process.getuid?.();
  const isOwn = found.isDirectory() && found.uid === own && (found.mode & 0o777) === 0o700;
  // Windows knows neither owners nor modes.
  if (isOwn || own === undefined) return;
  const message = `${folder} must be a folder of this user alone (mode 700); remove it`;
  throw new PodEvent("FailedMount", message);
}

/**
 * Replaces the files of a volume atomically: every reader sees all of the old files or all of the new
 * ones. A volume that has these files already is not changed. As a kubelet does it, `folder` is a link to
 * a folder beside it. Only this user can read the files.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/volume/util/atomic_writer.go
 */
export function mountFiles(folder: string, files: readonly MountedFile[]): void {
  const around = path.dirname(folder);
  const name = path.basename(folder);
  for (const file of files) requireInside(name, file);
  if (isMounted(folder, files)) return;
  fs.mkdirSync(around, { recursive: true, mode: 0o700 });
  const made = fs.mkdtempSync(path.join(around, `.${name}.`));
  for (const file of files) {
    const target = path.join(made, file.path);
    fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
    fs.writeFileSync(target, file.content ?? "", { mode: 0o600 });
    fs.chmodSync(target, file.mode);
  }
  const before = fs.existsSync(folder) ? fs.readlinkSync(folder) : undefined;
  const link = `${made}-${randomBytes(4).toString("hex")}`;
  fs.symlinkSync(path.basename(made), link);
  fs.renameSync(link, folder);
  removeOld(folder, before);
}

/**
 * Updates the files of a mounted volume one after the other, as the provider does when a secret has
 * rotated: each file is old or new as a whole, and for a moment they are of different versions.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/main/server/server.go
 */
export function rewriteFiles(folder: string, files: readonly MountedFile[]): void {
  const name = path.basename(folder);
  for (const file of files) {
    requireInside(name, file);
    const target = path.join(folder, file.path);
    if (fs.existsSync(target) && isSame(folder, file)) continue;
    fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
    const temporary = `${target}.${randomBytes(4).toString("hex")}`;
    fs.writeFileSync(temporary, file.content ?? "", { mode: 0o600 });
    fs.chmodSync(temporary, file.mode);
    fs.renameSync(temporary, target);
  }
}

/** Throws where a path leads out of the volume. */
function requireInside(volume: string, { path: file }: MountedFile): void {
  const steps = path.posix.normalize(file).split("/");
  if (steps.includes("..") || path.posix.join("/", file) === "/") {
    throw failedMount(volume, `the path '${file}' of a file must lead into the volume`);
  }
}

/** Whether a volume has exactly these files. */
function isMounted(folder: string, files: readonly MountedFile[]): boolean {
  try {
    const there = fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile());
    return there.length === files.length && files.every((file) => isSame(folder, file));
  } catch {
    // Not mounted, or mounted incompletely, or another process is mounting it.
    return false;
  }
}

function isSame(folder: string, { path: name, mode, content = Buffer.of() }: MountedFile): boolean {
  const file = path.join(folder, name);
  return (fs.statSync(file).mode & 0o777) === mode && fs.readFileSync(file).equals(content);
}

/** Removes the previous files of a volume, and those of interrupted mounts. */
function removeOld(folder: string, before: string | undefined): void {
  const around = path.dirname(folder);
  const shown = fs.readlinkSync(folder);
  for (const name of fs.readdirSync(around)) {
    if (!name.startsWith(`.${path.basename(folder)}.`) || name === shown) continue;
    const file = path.join(around, name);
    const { mtimeMs = 0 } = fs.lstatSync(file, { throwIfNoEntry: false }) ?? {};
    const isAbandoned = Date.now() - mtimeMs > ABANDONED_MS;
    if (name === before || isAbandoned) fs.rmSync(file, { recursive: true, force: true });
  }
}

/** The path of a volume's file in a container; `undefined` where `subPath` excludes the file. */
export function pathInContainer(
  { mountPath, subPath }: VolumeMount,
  file: string,
): string | undefined {
  if (subPath === "") return path.posix.join(mountPath, file);
  const relative = path.posix.relative(subPath, file);
  return relative.startsWith("..") ? undefined : path.posix.join(mountPath, relative);
}

/** The volume of a path in a container, and the path in that volume; the innermost mount counts. */
export function pathInVolume(
  mounts: readonly VolumeMount[],
  file: string,
): { readonly volume: string; readonly path: string } | undefined {
  const [mount] = mounts
    .filter(({ mountPath }) => file === mountPath || file.startsWith(`${mountPath}/`))
    .sort((a, b) => b.mountPath.length - a.mountPath.length);
  if (mount === undefined) return undefined;
  const relative = path.posix.relative(mount.mountPath, file);
  return { volume: mount.volume, path: path.posix.join(mount.subPath, relative) };
}
