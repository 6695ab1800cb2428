// Plans every stack that has a settings file:
//   node scripts/plan-stacks.cjs FILE [FOLDER]
// FILE gets all plans as one text, after a summary; FOLDER gets a page to look at for each stack.
// Exits with the worst code of the plans: 0 fine, 1 findings of severity error, 2 no plan at all.
"use strict";

const { spawnSync } = require("node:child_process");
const { mkdirSync, readdirSync, writeFileSync } = require("node:fs");
const { join, resolve } = require("node:path");

const ROOT = resolve(__dirname, "..");
const LARGEST_PLAN_BYTES = 64 * 1024 * 1024;

/** The stacks of a project, by their settings files. */
function stacksIn(directory) {
  return readdirSync(directory)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

function runPlan(...options) {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [resolve(ROOT, "preflight/cli/main.cjs"), "plan", ...options],
    {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
      maxBuffer: LARGEST_PLAN_BYTES,
    },
  );
  if (error) throw error;
  return { code: status ?? 2, stdout, stderr };
}

function planOf(stack) {
  const { code, stdout, stderr } = runPlan("--stack", stack, "--format", "text");
  process.stderr.write(stderr);
  // Where there is no plan, the reason stands in its place.
  return { code, text: code === 2 ? `No plan of stack ${stack}.\n\n${stderr}` : stdout };
}

/** A page of each stack that has a plan. */
function writePages(stacks, folder) {
  mkdirSync(folder, { recursive: true });
  for (const stack of stacks) {
    const page = join(resolve(folder), `plan-${stack}.html`);
    runPlan("--stack", stack, "--format", "html", "--out", page);
  }
}

/** What a plan comes to: a line for the stack, then one for each error and warning. */
function summaryOf(stack, { code, text }) {
  if (code === 2) return [`${stack}  no plan`];
  const resources = /^Resources {2}(.+)$/m.exec(text)?.[1] ?? "no resources";
  const [, findings = "none", details = ""] = /^Findings {2}(.+)$([^]*)/m.exec(text) ?? [];
  // The report wraps them; what a remedy says begins further left.
  const grave = details.match(/^ {2}(?:error|warning) {2}.+(?:\n {9,}.+)*/gm) ?? [];
  const lines = grave.map((finding) => finding.replace(/\n +/g, " "));
  return [`${stack}  ${resources}; findings: ${findings}`, ...lines];
}

/** The plans as one text, after a summary without empty lines, and the worst of their exit codes. */
function planAll(stacks, plan = planOf) {
  const plans = stacks.map((stack) => ({ stack, ...plan(stack) }));
  const summary = plans.flatMap((each) => summaryOf(each.stack, each)).join("\n");
  // Who shows only the beginning of it cuts the longest plan.
  const texts = plans
    .map(({ text }) => `${text.trimEnd()}\n`)
    .sort((one, other) => one.length - other.length);
  return {
    code: Math.max(0, ...plans.map(({ code }) => code)),
    text: plans.length === 0 ? "" : [`${summary}\n`, ...texts].join("\n\n"),
  };
}

if (require.main === module) {
  const [file, folder] = process.argv.slice(2);
  if (file === undefined) {
    console.error("usage: node scripts/plan-stacks.cjs FILE [FOLDER]");
    process.exitCode = 2;
  } else {
    const stacks = stacksIn(ROOT);
    const { code, text } = planAll(stacks);
    writeFileSync(file, text);
    if (folder !== undefined) writePages(stacks, folder);
    process.exitCode = code;
  }
}

module.exports = { planAll, stacksIn };
