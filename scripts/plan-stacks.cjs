// Plans every stack that has a settings file and writes the plans into one text file:
//   node scripts/plan-stacks.cjs FILE
// Exits with the worst code of the plans: 0 fine, 1 findings of severity error, 2 no plan at all.
"use strict";

const { spawnSync } = require("node:child_process");
const { readdirSync, writeFileSync } = require("node:fs");
const { resolve } = require("node:path");

const ROOT = resolve(__dirname, "..");
const LARGEST_PLAN_BYTES = 64 * 1024 * 1024;

/** The stacks of a project, by their settings files. */
function stacksIn(directory) {
  return readdirSync(directory)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

function planOf(stack) {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [resolve(ROOT, "plan/main.cjs"), "--stack", stack, "--format", "text"],
    {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
      maxBuffer: LARGEST_PLAN_BYTES,
    },
  );
  if (error) throw error;
  process.stderr.write(stderr);
  const code = status ?? 2;
  // Where there is no plan, the reason stands in its place.
  return { code, text: code === 2 ? `No plan of stack ${stack}.\n\n${stderr}` : stdout };
}

/** The plans as one text, and the worst of their exit codes. */
function planAll(stacks, plan = planOf) {
  const plans = stacks.map((stack) => plan(stack));
  return {
    code: Math.max(0, ...plans.map(({ code }) => code)),
    text: plans.map(({ text }) => `${text.trimEnd()}\n`).join("\n\n"),
  };
}

if (require.main === module) {
  const [file] = process.argv.slice(2);
  if (file === undefined) {
    console.error("usage: node scripts/plan-stacks.cjs FILE");
    process.exitCode = 2;
  } else {
    const { code, text } = planAll(stacksIn(ROOT));
    writeFileSync(file, text);
    process.exitCode = code;
  }
}

module.exports = { planAll, stacksIn };
