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
/** What is left of a path in a name that the file system takes. */
const NAME_LENGTH = 200;
/** A volume that is not shown after so long is being made by nobody any more. */
const ABANDONED_MS = 60_000;

/** Where the volumes of a stack's pods are: in memory where the system has such a file system. */
export function volumesFolder(stackFolder: string): string {
  if (!fs.existsSync(MEMORY)) return path.join(stackFolder, "volumes");
  const whole = path.resolve(stackFolder);
  // For people; the hash tells apart what looks alike or is cut off.
  const readable = whole.replaceAll(/[^A-Za-z0-9-]+/g, "-").slice(0, NAME_LENGTH);
  const hash = createHash("sha256").update(whole).digest("hex").slice(0, 12);
  return path.join(MEMORY, `eks-db-secrets${readable}-${hash}`);
}

/**
 * Makes the folder of a stack's volumes. Others can write beside it and foresee its name: one that is
 * not this user's alone is not used.
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
 * Replaces what a volume holds, at once: whoever looks, also another process, sees all of the old
 * files or all of the new ones, and nothing happens to a volume that holds them already. As a kubelet
 * does it: `folder` is a link to the files' own folder beside it. Only the user who runs this reads them.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/volume/util/atomic_writer.go
 */
export function mountFiles(folder: string, files: readonly MountedFile[]): void {
  const around = path.dirname(folder);
  const name = path.basename(folder);
  for (const file of files) requireInside(name, file);
  if (holds(folder, files)) return;
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

/** A path of a volume stays in it. */
function requireInside(volume: string, { path: file }: MountedFile): void {
  const steps = path.posix.normalize(file).split("/");
  if (steps.includes("..") || path.posix.join("/", file) === "/") {
    throw failedMount(volume, `the path '${file}' of a file must lead into the volume`);
  }
}

/** Whether a volume has these files and no others. */
function holds(folder: string, files: readonly MountedFile[]): boolean {
  try {
    const there = fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile());
    return there.length === files.length && files.every((file) => isThere(folder, file));
  } catch {
    // It is not mounted, or not all of it, or another process mounts it right now.
    return false;
  }
}

function isThere(
  folder: string,
  { path: name, mode, content = Buffer.of() }: MountedFile,
): boolean {
  const file = path.join(folder, name);
  return (fs.statSync(file).mode & 0o777) === mode && fs.readFileSync(file).equals(content);
}

/** Removes the files that a volume showed before, and what an interrupted mount left. */
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

/** Where a container sees a file of a volume; `undefined` where its `subPath` leaves the file out. */
export function pathInContainer(
  { mountPath, subPath }: VolumeMount,
  file: string,
): string | undefined {
  if (subPath === "") return path.posix.join(mountPath, file);
  const relative = path.posix.relative(subPath, file);
  return relative.startsWith("..") ? undefined : path.posix.join(mountPath, relative);
}

/** Volume and path in it of a file that a container names; the innermost mount counts. */
export function placeInVolume(
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
