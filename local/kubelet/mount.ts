import * as fs from "node:fs";
import * as path from "node:path";

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
