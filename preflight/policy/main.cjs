// The policy pack, as Pulumi's host of policy packs for Node.js loads it: the one file of an installed
// package, or the sources of a clone.
"use strict";

const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

if (existsSync(join(__dirname, "serve.ts"))) startSources();
else require("../dist/policy.cjs");

/** In a process of its own: the host has registered ts-node, which would check the types of all sources. */
function startSources() {
  const child = spawn(process.execPath, [join(__dirname, "pulumi-analyzer-eks-db-secrets")], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  child.once("exit", (code) => process.exit(code ?? 1));
}
