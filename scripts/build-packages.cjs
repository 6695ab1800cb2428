// Builds the two npm packages: `node scripts/build-packages.cjs [components] [preflight]`; npm does it
// before it packs or publishes one.
"use strict";

const { spawnSync } = require("node:child_process");
const { copyFileSync, mkdirSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { buildSync } = require("esbuild");

const ROOT = join(__dirname, "..");

const BUILDS = { components: buildComponents, preflight: buildPreflight };

/** The components as CommonJS with declarations; types are checked by `npm run check:types`. */
function buildComponents() {
  const tsc = require.resolve("typescript/bin/tsc");
  const project = join(ROOT, "components/tsconfig.build.json");
  run("the components could not be compiled", tsc, "--project", project, "--noCheck");
  // The code of the Lambda functions, where the compiled components look for it: beside their folders.
  const build = join(ROOT, "scripts/build-functions.cjs");
  run("the functions could not be built", build, join(ROOT, "components/dist"));
  // TypeScript's `moduleResolution: node` does not read `exports`. `main` and `types` would be read by
  // the program as well, which imports this folder: it would run what was built, not the sources.
  writeFileSync(join(ROOT, "components/index.d.ts"), 'export * from "./dist/index";\n');
}

function run(failure, ...command) {
  const { status } = spawnSync(process.execPath, command, { stdio: "inherit" });
  if (status !== 0) throw new Error(failure);
}

/**
 * The command line and the policy pack, each as one file: the program and its SDK stay outside, and so does
 * the translator.
 */
function buildPreflight() {
  buildSync({
    entryPoints: {
      main: join(ROOT, "preflight/cli/main.cjs"),
      policy: join(ROOT, "preflight/policy/serve.ts"),
    },
    outdir: join(ROOT, "preflight/dist"),
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    // Older ones get as far as the message that says so.
    target: "node20",
    // gRPC loads the last one for services of its own alone, which nothing here serves.
    external: ["@pulumi/*", "google-protobuf", "esbuild", "@grpc/proto-loader"],
    legalComments: "inline",
    logLevel: "warning",
  });
  mkdirSync(join(ROOT, "preflight/docs"), { recursive: true });
  copyFileSync(join(ROOT, "docs/findings.md"), join(ROOT, "preflight/docs/findings.md"));
}

for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(BUILDS)) {
  rmSync(join(ROOT, name, "dist"), { recursive: true, force: true });
  BUILDS[name]();
  copyFileSync(join(ROOT, "LICENSE"), join(ROOT, name, "LICENSE"));
}
