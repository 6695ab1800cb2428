#!/usr/bin/env node
// Starts the command line. Plain JavaScript, so that nothing has to be translated before it runs and
// the program's SDK can be chosen before anything loads; docs/decisions/0040-fast-offline-evaluation.md
// tells what each step is worth.
"use strict";

const { keepCompiled, TRANSLATED } = require("../simulation/program/launch/cache.cjs");
const { sendCallsites } = require("../simulation/program/launch/callsites.cjs");
const lazy = require("../simulation/program/launch/lazy.cjs");
const { lighten } = require("../simulation/program/launch/lean-sdk.cjs");
const { useSdkOf } = require("../simulation/program/launch/sdk-of.cjs");
const typescript = require("../simulation/program/launch/typescript.cjs");

const argv = process.argv.slice(2);

keepCompiled();
typescript.register(TRANSLATED);

// Only a failure needs stack traces. The plan then starts itself once more with this flag, and runs
// the SDK as it is.
const hasTraces = process.execArgv.some((flag) => flag.startsWith("--stack-trace-limit"));
const traced = argv[0] !== "plan" || hasTraces;
if (traced) typescript.mapStackTraces();
else {
  Error.stackTraceLimit = 0;
  lazy.register(
    // Needed to serialize functions and to drive the Pulumi CLI.
    lazy.modulesOf("@pulumi/pulumi", ["@npmcli/arborist", "typescript", "./automation"]),
    lazy.namespacesOf("@pulumi/aws"),
  );
}

function evaluate(folder, stack, options) {
  useSdkOf(folder);
  sendCallsites(require);
  if (!traced) lighten(require);
  return require("../simulation/program/evaluate-program").evaluateProgram(folder, stack, options);
}

require("./main")
  .main(argv, { traced, evaluate })
  .then((code) => {
    process.exitCode = code;
  });
