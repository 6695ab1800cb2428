// Runs the tests in several mocha processes at a time, which write their coverage where `c8` has told them to.
// Mocha's own parallel mode ends its workers early on a busy machine, and their coverage is lost.
"use strict";

const { spawn } = require("node:child_process");
const { globSync, existsSync, rmSync } = require("node:fs");
const { join, matchesGlob } = require("node:path");
const { loadOptions } = require("mocha/lib/cli/options");
const { REPORTS } = require("./counting-reporter.cjs");
const { totalOf } = require("./total-tests.cjs");

/** Twice as many as a small machine has cores: half of the tests wait for processes that they start. */
const SHARDS = 4;

/**
 * The files of each shard, the same on every machine: in the order of their paths, since files of one
 * folder take about the same time, and there and back, so that none is always the first to get one.
 */
const dealt = (files, count) =>
  Array.from({ length: count }, (_, shard) =>
    [...files].sort().filter((_file, index) => {
      const step = index % (2 * count);
      return shard === (step < count ? step : 2 * count - 1 - step);
    }),
  );

function specsOf(patterns) {
  const { ignore = [] } = loadOptions([]);
  const isIgnored = (file) => ignore.some((pattern) => matchesGlob(file, pattern));
  return globSync(patterns, { exclude: ["**/node_modules/**"] }).filter((file) => !isIgnored(file));
}

/** Runs mocha on the files; resolves to what went wrong, or nothing. */
const run = (suite, files, write) =>
  new Promise((resolve) => {
    const report = join(REPORTS, `${suite}.json`);
    rmSync(report, { force: true });
    const args = [
      ...["--reporter", join(__dirname, "counting-reporter.cjs")],
      ...["--reporter-option", `suite=${suite}`],
    ];
    const mocha = spawn(
      process.execPath,
      [require.resolve("mocha/bin/mocha.js"), ...args, ...files],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    mocha.stdout.on("data", write);
    mocha.stderr.on("data", write);
    mocha.on("close", (code, signal) => {
      if (!existsSync(report)) {
        resolve(`${suite} ended before its tests did (${signal ?? `exit code ${code}`})`);
      } else resolve(code === 0 ? undefined : `${suite} failed (${signal ?? `exit code ${code}`})`);
    });
  });

async function main(patterns) {
  const files = specsOf(patterns);
  if (files.length === 0) throw new Error(`no file matches ${patterns.join(", ")}`);
  const shards = dealt(files, SHARDS).filter((shard) => shard.length > 0);
  const suites = shards.map((_, index) => `tests-${index + 1}`);
  // One report after the other; that of a later shard is held back until those before it are there.
  let earlier = Promise.resolve();
  const problems = await Promise.all(
    shards.map((shard, index) => {
      const before = earlier;
      const result = run(suites[index], shard, (chunk) => {
        void before.then(() => process.stdout.write(chunk));
      });
      earlier = Promise.all([before, result]).then(() => undefined);
      return result;
    }),
  );
  await earlier;
  const wrong = problems.filter((problem) => problem !== undefined);
  for (const problem of wrong) console.error(problem);
  console.log(
    totalOf(
      suites.map((suite) => `${suite}.json`).filter((file) => existsSync(join(REPORTS, file))),
    ),
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

module.exports = { dealt };

if (require.main === module) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
