import * as assert from "node:assert/strict";
import { RAW, runPlan } from "./support/run-plan";

describe("the findings of a plan, for pull requests", function () {
  this.timeout(120_000);

  it("are annotations of a workflow, at the line that declares the resource", () => {
    const { code, stdout } = runPlan(["--cwd", RAW, "--stack", "refused", "--format", "github"]);
    assert.equal(code, 1);
    const [first = ""] = stdout.split("\n");
    assert.match(first, /^::error file=index\.ts,line=109,col=23,title=key-missing::/);
  });

  it("are SARIF with the rules that they break", () => {
    const { stdout } = runPlan(["--cwd", RAW, "--stack", "refused", "--format", "sarif"]);
    const [run] = JSON.parse(stdout).runs;
    assert.ok(run.results.length > 0);
    for (const { ruleId, ruleIndex } of run.results) {
      assert.equal(run.tool.driver.rules[ruleIndex].id, ruleId);
    }
  });

  it("fail from the severity on that is asked for", () => {
    assert.equal(runPlan(["--fail-on", "warning"]).code, 0);
    const codes = [[], ["--fail-on", "error"], ["--fail-on", "warning"]].map(
      (options) => runPlan(["--cwd", RAW, ...options]).code,
    );
    assert.deepEqual(codes, [0, 0, 1]);
    const { code, stderr } = runPlan(["--fail-on", "note"]);
    assert.equal(code, 2);
    assert.match(stderr, /Allowed choices are error, warning/);
  });
});
