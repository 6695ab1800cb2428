import * as fs from "node:fs";
import * as path from "node:path";
import type { VolumeMount } from "./pod";

export interface MountedFile {
  /** Path under the mount. */
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly content?: Uint8Array;
}

const MEMORY = "/dev/shm";

/** Where the volumes of a stack's pods are: in memory where the system has such a file system. */
export function volumesFolder(stackFolder: string): string {
  if (!fs.existsSync(MEMORY)) return path.join(stackFolder, "volumes");
  // The folder's own path makes the name: two checkouts may have stacks of the same name.
  const own = path.resolve(stackFolder).replaceAll(/[^A-Za-z0-9-]+/g, "-");
  return path.join(MEMORY, `eks-db-secrets${own}`.slice(0, 240));
}

/** Replaces what a volume holds. Only the user who runs this reads it. */
export function mountFiles(folder: string, files: readonly MountedFile[]): void {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const file of files) {
    const target = path.join(folder, file.path);
    fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
    fs.writeFileSync(target, file.content ?? "", { mode: 0o600 });
    fs.chmodSync(target, file.mode);
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
