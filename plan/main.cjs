#!/usr/bin/env node
// Starts the offline plan. Plain JavaScript, so that nothing has to be translated before it runs;
// docs/decisions/0040-fast-offline-evaluation.md tells what each step is worth.
"use strict";

const { enableCompileCache } = require("node:module");
const { join, resolve } = require("node:path");

const cache = resolve(__dirname, "../node_modules/.cache/eks-db-secrets");

enableCompileCache?.(join(cache, "v8"));
require("./launch/typescript.cjs").register(join(cache, "typescript"));
require("./launch/lazy.cjs").register("@pulumi/pulumi", ["@npmcli/arborist", "typescript"]);

// The SDK takes a stack trace for each promise it makes. They are wanted only when the program
// fails, and then the plan starts itself once more, with this flag.
const traced = process.execArgv.some((flag) => flag.startsWith("--stack-trace-limit"));
if (!traced) Error.stackTraceLimit = 0;

require("./cli")
  .main(process.argv.slice(2), {
    traced,
    makePlan: (folder, stack) => {
      if (!traced) require("./launch/lean-sdk.cjs").lighten(require);
      return require("./make-plan").makePlan(folder, stack);
    },
  })
  .then((code) => {
    process.exitCode = code;
  });
