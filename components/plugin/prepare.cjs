// What Pulumi's `npm install` in this folder makes of a clone: it needs the packages of the whole
// repository, and the components compiled.
"use strict";

const { execFileSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const ROOT = join(__dirname, "../..");

const run = (command) => execFileSync(command, { cwd: ROOT, stdio: "inherit", shell: true });

// npm tells its scripts which package they belong to; here it is another one.
if (!existsSync(join(ROOT, "node_modules/@pulumi/pulumi"))) run(`npm ci --prefix "${ROOT}"`);
run("node scripts/build-packages.cjs components");
