#!/usr/bin/env node
// Starts the command line. Plain JavaScript, so that nothing has to be translated before it runs and
// the program's SDK can be chosen before anything loads; docs/decisions/0040-fast-offline-evaluation.md
// tells what each step is worth.
"use strict";

const Module = require("node:module");

// Translates the program and joins it to its own SDK.
if (Module.registerHooks === undefined) {
  process.stderr.write(`error: Node.js 22.15 or later is needed, and this is ${process.version}\n`);
  process.exit(2);
}

const { keepCompiled, TRANSLATED } = require("../simulation/program/launch/cache.cjs");
const { sendCallsites } = require("../simulation/program/launch/callsites.cjs");
const { defer } = require("../simulation/program/launch/lazy.cjs");
const { lighten } = require("../simulation/program/launch/lean-sdk.cjs");
const { useSdkOf } = require("../simulation/program/launch/sdk-of.cjs");
const typescript = require("../simulation/program/launch/typescript.cjs");

const argv = process.argv.slice(2);

keepCompiled();
typescript.register(TRANSLATED);
typescript.mapStackTraces();
// Needed to serialize functions.
defer("@pulumi/pulumi", ["@npmcli/arborist", "typescript"]);

/** A project may have its program, and the program's packages, in a folder further in. */
function programFolder(folder) {
  return require("../simulation/program/entry-point").programFolderOf(folder);
}

function evaluate(folder, stack, options) {
  useSdkOf(programFolder(folder));
  sendCallsites(require);
  // Other programs bring SDKs of other versions.
  if (argv[0] === "plan") lighten(require);
  return require("../simulation/program/evaluate-program").evaluateProgram(folder, stack, options);
}

require("./main")
  .main(argv, { evaluate })
  // A program may leave timers and connections behind.
  .then((code) => process.stdout.write("", () => process.exit(code)));
