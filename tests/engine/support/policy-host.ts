import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Puts Pulumi's host of policy packs for Node.js on the PATH for the time of `use`: the CLI's installer
 * brings it, its Go module does not. Like that one it starts the SDK's own script.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/dist/pulumi-analyzer-policy
 */
export async function withPolicyHost<T>(folder: string, use: () => Promise<T>): Promise<T> {
  const bin = path.join(folder, "policy-host");
  fs.mkdirSync(bin, { recursive: true });
  const script = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  for (const name of ["pulumi-analyzer-policy", "pulumi-analyzer-policy-nodejs"]) {
    const file = path.join(bin, name);
    fs.writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`, {
      mode: 0o755,
    });
  }
  const { PATH = "" } = process.env;
  process.env.PATH = `${bin}${path.delimiter}${PATH}`;
  try {
    return await use();
  } finally {
    process.env.PATH = PATH;
  }
}
