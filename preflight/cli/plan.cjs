#!/usr/bin/env node
// Starts the offline plan. Plain JavaScript, so that nothing has to be translated before it runs;
// docs/decisions/0040-fast-offline-evaluation.md tells what each step is worth.
"use strict";

const { keepCompiled, TRANSLATED } = require("../simulation/program/launch/cache.cjs");
const lazy = require("../simulation/program/launch/lazy.cjs");
const { lighten } = require("../simulation/program/launch/lean-sdk.cjs");
const typescript = require("../simulation/program/launch/typescript.cjs");

keepCompiled();
typescript.register(TRANSLATED);

// Only a failure needs stack traces. The plan then starts itself once more with this flag, and runs
// the SDK as it is.
const traced = process.execArgv.some((flag) => flag.startsWith("--stack-trace-limit"));
if (!traced) {
  Error.stackTraceLimit = 0;
  lazy.register(
    // Needed to serialize functions and to drive the Pulumi CLI.
    lazy.modulesOf("@pulumi/pulumi", ["@npmcli/arborist", "typescript", "./automation"]),
    lazy.namespacesOf("@pulumi/aws"),
  );
}

function makePlan(folder, stack) {
  if (!traced) lighten(require);
  return require("./make-plan").makePlan(folder, stack);
}

require("./plan-cli")
  .main(process.argv.slice(2), { traced, makePlan })
  .then((code) => {
    process.exitCode = code;
  });
