// Mocha's own report, and behind it one line that counts: `N passed, N failed`.
"use strict";

const { mkdirSync, writeFileSync } = require("node:fs");
const { join, resolve } = require("node:path");
const { reporters } = require("mocha");

// A test may change the working directory.
const REPORTS = resolve("reports/tests");

module.exports = class CountingReporter extends reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    const suite = options.reporterOptions?.suite ?? "tests";
    const started = new Map();
    const seconds = {};
    runner.on("suite", ({ file, parent }) => {
      if (parent?.root) started.set(file, performance.now());
    });
    runner.on("suite end", ({ file, parent }) => {
      if (!parent?.root) return;
      const more = (performance.now() - started.get(file)) / 1000;
      seconds[file] = Math.round(((seconds[file] ?? 0) + more) * 1000) / 1000;
    });
    runner.once("end", () => {
      const { passes, failures, pending } = this.stats;
      mkdirSync(REPORTS, { recursive: true });
      const report = { passes, failures, pending, seconds };
      writeFileSync(join(REPORTS, `${suite}.json`), JSON.stringify(report));
      console.log(countLine({ passes, failures, pending }));
    });
  }
};

const countLine = ({ passes, failures, pending }) =>
  `${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}`;

module.exports.countLine = countLine;
module.exports.REPORTS = REPORTS;
