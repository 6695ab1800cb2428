// Mocha's own report, and behind it one line that counts: `N passed, N failed`.
"use strict";

const { mkdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { reporters } = require("mocha");

const REPORTS = join(__dirname, "..", "reports", "tests");

module.exports = class CountingReporter extends reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    const suite = options.reporterOptions?.suite ?? "tests";
    runner.once("end", () => {
      const { passes, failures, pending } = this.stats;
      mkdirSync(REPORTS, { recursive: true });
      writeFileSync(join(REPORTS, `${suite}.json`), JSON.stringify({ passes, failures, pending }));
      console.log(countLine({ passes, failures, pending }));
    });
  }
};

const countLine = ({ passes, failures, pending }) =>
  `${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}`;

module.exports.countLine = countLine;
