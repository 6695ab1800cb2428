import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/**
 * Gives each test of a suite a folder of its own, which is removed behind it. A suite that ends something
 * in the folder declares its `afterEach` before.
 */
export function eachInFolder(prepare: (folder: string) => unknown): void {
  let folder: string;
  beforeEach(async () => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "test-")));
    await prepare(folder);
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));
}
