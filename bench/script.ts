import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Command line of a script of this folder, started as the local commands are. */
export const script = (name: string, ...args: readonly string[]): readonly string[] => [
  ...["--require", require.resolve("../launch/sources.cjs")],
  ...[join(__dirname, name), ...args],
];

/** Uses a folder that is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "eks-db-secrets-bench-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
