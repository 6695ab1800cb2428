// The policy pack, as Pulumi's host of policy packs loads it: the one file of an installed package, or the
// sources of a clone. It prints the port that it serves.
"use strict";

const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

if (!existsSync(join(__dirname, "serve.ts"))) require("../dist/policy.cjs");
else if (require.main !== module) startSources();
else serveSources();

/** In a process of its own: the host has registered ts-node, which would check the types of all sources. */
function startSources() {
  const child = spawn(process.execPath, [__filename], { stdio: ["pipe", "inherit", "inherit"] });
  child.once("exit", (code) => process.exit(code ?? 1));
}

function serveSources() {
  const { requireInstalled, withNode } = require("../../launch/node-version.cjs");
  // It ends with whoever started it, however that ends.
  process.stdin.resume().once("end", () => process.exit());
  requireInstalled();
  withNode(() => {
    const { keepCompiled, TRANSLATED } = require("../../launch/cache.cjs");
    const typescript = require("../../launch/typescript.cjs");
    keepCompiled();
    typescript.register(TRANSLATED);
    require("./serve");
  });
}
