#!/usr/bin/env node
// Starts the comparison of recorded cases with the delivery model.
"use strict";

const { TRANSLATED } = require("../simulation/program/launch/cache.cjs");
require("../simulation/program/launch/typescript.cjs").register(TRANSLATED);
process.exitCode = require("../delivery/recorded/check").main(process.argv.slice(2));
