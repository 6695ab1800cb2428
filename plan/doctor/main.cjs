#!/usr/bin/env node
// Starts the doctor. Plain JavaScript, so that the program's SDK can be chosen before anything loads.
"use strict";

const { TRANSLATED } = require("../launch/cache.cjs");
const { useSdkOf } = require("../launch/sdk-of.cjs");
const typescript = require("../launch/typescript.cjs");

typescript.register(TRANSLATED);
typescript.mapStackTraces();

function evaluate(folder, stack) {
  useSdkOf(folder);
  return require("../evaluate-program").evaluateProgram(folder, stack, { unknown: "echo" });
}

require("./cli")
  .main(process.argv.slice(2), evaluate)
  .then((code) => {
    process.exitCode = code;
  });
