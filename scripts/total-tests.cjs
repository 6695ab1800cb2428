// Adds up what the test runs counted: the last line that CI prints.
"use strict";

const { existsSync, readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { countLine } = require("./counting-reporter.cjs");

const reports = join(__dirname, "..", "reports", "tests");
const counts = (existsSync(reports) ? readdirSync(reports) : []).map((file) =>
  JSON.parse(readFileSync(join(reports, file), "utf8")),
);
const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
console.log(
  countLine({ passes: sum("passes"), failures: sum("failures"), pending: sum("pending") }),
);
