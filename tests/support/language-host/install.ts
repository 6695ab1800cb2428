import * as fs from "node:fs";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../../..");

/**
 * Writes the host into a folder, as the executable that the Pulumi CLI looks for, and returns the PATH with
 * which it finds it. Programs run on the `node` that this PATH has, as with the real one; the host itself
 * on that of this process.
 *
 * @param node Folder with another `node` for programs. @default that of this process
 */
export function installLanguageHost(
  folder: string,
  node: string = path.dirname(process.execPath),
): string {
  fs.mkdirSync(folder, { recursive: true });
  const command = [
    process.execPath,
    "--require",
    path.join(ROOT, "launch/sources.cjs"),
    path.join(__dirname, "main.ts"),
  ];
  fs.writeFileSync(
    path.join(folder, "pulumi-language-nodejs"),
    `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(" ")} "$@"\n`,
    { mode: 0o755 },
  );
  return [folder, node, process.env.PATH].join(path.delimiter);
}
