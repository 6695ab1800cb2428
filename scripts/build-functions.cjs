// Bundles the Lambda functions: `node scripts/build-functions.cjs [FOLDER]`; `npm ci` runs it. The bytes
// depend on the sources and the lock file alone, so that no machine's `pulumi up` shows a change.
"use strict";

const { join } = require("node:path");

const ROOT = join(__dirname, "..");
const FOLDER = process.argv[2] ?? join(ROOT, "components");

/** Packages of CommonJS ask for Node.js's modules by `require`, which an ES module does not have. */
const BANNER = [
  'import { createRequire } from "node:module";',
  "const require = createRequire(import.meta.url);",
  "const __dirname = import.meta.dirname;",
].join("\n");

/** What is bundled is a development dependency: without those, nothing needs the functions before a deployment. */
function isInstalled(name) {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

if (!isInstalled("pg")) {
  console.error(
    "note: the rotation function is not built without development dependencies; `npm ci` builds it",
  );
} else {
  require("esbuild").buildSync({
    entryPoints: [join(ROOT, "functions/rotation/index.ts")],
    outfile: join(FOLDER, "rotation-function/index.mjs"),
    // Comments in the bundle name files relative to it.
    absWorkingDir: ROOT,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    // In Lambda's runtime; pg's native client is not used.
    external: ["@aws-sdk/*", "pg-native"],
    banner: { js: BANNER },
    // Settings of the machine's own must not get in.
    tsconfigRaw: "{}",
    charset: "utf8",
    legalComments: "inline",
    logLevel: "warning",
  });
}
