// Adds up what the test runs counted: the last line that CI prints.
"use strict";

const { existsSync, readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { countLine, REPORTS } = require("./counting-reporter.cjs");

/** The line for the named reports, or for all that are there. */
const totalOf = (files = existsSync(REPORTS) ? readdirSync(REPORTS) : []) => {
  const counts = files.map((file) => JSON.parse(readFileSync(join(REPORTS, file), "utf8")));
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  return countLine({ passes: sum("passes"), failures: sum("failures"), pending: sum("pending") });
};

module.exports = { totalOf };

if (require.main === module) console.log(totalOf());
