// Loaded into each measured process: tells the bench, through descriptor 3, what the process used.
"use strict";

const { writeSync } = require("node:fs");
const { childrenUserSeconds } = require("./children-time.cjs");

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    userSeconds: userCPUTime / 1e6 + childrenUserSeconds(),
    peakMiB: maxRSS / 1024,
  };
  writeSync(3, JSON.stringify(usage));
});
