#!/usr/bin/env node
// Starts the command line. Plain JavaScript, so that nothing has to be translated before it runs and
// the program's SDK can be chosen before anything loads; docs/decisions/0040-fast-offline-evaluation.md
// tells what each step is worth.
"use strict";

const { requireInstalled, withNode } = require("../../launch/node-version.cjs");

requireInstalled();
withNode(start);

function start() {
  require("../../launch/sources.cjs");
  const argv = process.argv.slice(2);
  require("./main")
    .main(argv, { evaluate: (...asked) => evaluate(argv[0], ...asked) })
    // A program may leave timers and connections behind.
    .then((code) => process.stdout.write("", () => process.exit(code)));
}

function evaluate(command, folder, stack, options) {
  const { sendCallsites } = require("../simulation/program/launch/callsites.cjs");
  const { lighten } = require("../simulation/program/launch/lean-sdk.cjs");
  const { useSdkOf } = require("../simulation/program/launch/sdk-of.cjs");
  // A project may have its program, and the program's packages, in a folder further in.
  useSdkOf(require("../simulation/program/entry-point").programFolderOf(folder));
  sendCallsites(require);
  // Other programs bring SDKs of other versions.
  if (command === "plan") lighten(require);
  return require("../simulation/program/evaluate-program").evaluateProgram(folder, stack, options);
}
