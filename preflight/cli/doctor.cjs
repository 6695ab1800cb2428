#!/usr/bin/env node
// Starts the doctor. Plain JavaScript, so that the program's SDK can be chosen before anything loads.
"use strict";

const { TRANSLATED } = require("../simulation/program/launch/cache.cjs");
const { useSdkOf } = require("../simulation/program/launch/sdk-of.cjs");
const typescript = require("../simulation/program/launch/typescript.cjs");

typescript.register(TRANSLATED);
typescript.mapStackTraces();

function evaluate(folder, stack) {
  useSdkOf(folder);
  return require("../simulation/program/evaluate-program").evaluateProgram(folder, stack, {
    unknown: "echo",
  });
}

require("./doctor-cli")
  .main(process.argv.slice(2), evaluate)
  .then((code) => {
    process.exitCode = code;
  });
