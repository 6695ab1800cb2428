#!/usr/bin/env node
// Starts the doctor. Plain JavaScript, so that the program's SDK can be chosen before anything loads.
"use strict";

const { join, resolve } = require("node:path");
const { useSdkOf } = require("../launch/sdk-of.cjs");
const typescript = require("../launch/typescript.cjs");

typescript.register(
  join(resolve(__dirname, "../../node_modules/.cache/eks-db-secrets"), "typescript"),
);

function evaluate(folder, stack) {
  useSdkOf(folder);
  return require("../evaluate-program").evaluateProgram(folder, stack, { unknown: "echo" });
}

require("./cli")
  .main(process.argv.slice(2), evaluate)
  .then((code) => {
    process.exitCode = code;
  });
