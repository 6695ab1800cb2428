import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findingsIn } from "../../scripts/lint-workflows.cjs";
import { eachInFolder } from "../support/folder";

const SCRIPT = join(__dirname, "../../scripts/lint-workflows.cjs");
const HASH = "3d3c42e5aac5ba805825da76410c181273ba90b1";

const workflow = (lines: readonly string[]) =>
  [
    "on: push",
    "permissions: {}",
    "jobs:",
    "  job:",
    "    runs-on: ubuntu-24.04",
    "    steps:",
    ...lines.map((line) => `      ${line}`),
    "",
  ].join("\n");

describe("the check of the workflows", () => {
  it("accepts a workflow that keeps the rules", async () => {
    const steps = [`- uses: actions/checkout@${HASH} # v7.0.1`, "- uses: ./local", "- run: ls"];
    assert.deepEqual(await findingsIn("good.yml", workflow(steps)), []);
  });

  it("passes on what actionlint finds", async () => {
    const steps = ["- run: echo ${{ github.event.pull_request.title }}"];
    const [finding, ...more] = await findingsIn("bad.yml", workflow(steps));
    assert.match(finding ?? "", /^bad\.yml:7: "github\.event\.pull_request\.title" is potentially/);
    assert.deepEqual(more, []);
  });

  it("refuses actions by tag, by short hash and without a version", async () => {
    const actions = ["a/b@v4", `a/b@${HASH.slice(0, 12)}`, `a/b@${HASH}`];
    const steps = actions.map((action) => `- uses: ${action}`);
    assert.deepEqual(
      await findingsIn("x.yml", workflow(steps)),
      actions.map(
        (action, index) =>
          `x.yml:${7 + index}: pin '${action}' by its full commit hash, ` +
          "and name the version: '# v1.2.3'",
      ),
    );
  });

  const jobs = "jobs: { job: { runs-on: ubuntu-24.04, steps: [{ run: ls }] } }\n";

  it("refuses a token without limits", async () => {
    assert.deepEqual(await findingsIn("a.yml", `on: push\n${jobs}`), [
      "a.yml:1: say what the token may do: 'permissions' is missing",
    ]);
  });

  for (const on of [
    "pull_request_target",
    "[pull_request_target]",
    "{ pull_request_target: {} }",
  ]) {
    it(`refuses secrets for strangers by 'on: ${on}'`, async () => {
      assert.deepEqual(await findingsIn("b.yml", `on: ${on}\npermissions: {}\n${jobs}`), [
        "b.yml:1: use 'pull_request' and a 'workflow_run', not 'pull_request_target'",
      ]);
    });
  }
});

describe("the command that checks the workflows", () => {
  let folder: string;
  eachInFolder((made) => (folder = made));

  const run = () => spawnSync(process.execPath, [SCRIPT, folder], { encoding: "utf8" });

  it("prints the findings and exits with 1", function () {
    this.timeout(120_000); // a process of its own translates actionlint's WebAssembly first
    writeFileSync(join(folder, "x.yaml"), workflow(["- uses: a/b@v4"]));
    const { status, stderr } = run();
    assert.equal(status, 1);
    assert.match(stderr, /x\.yaml:7: pin 'a\/b@v4'/);
  });

  it("does not take an empty folder for a good one", () => {
    const { status, stderr } = run();
    assert.deepEqual([status, stderr], [1, `no workflows in ${folder}\n`]);
  });
});
