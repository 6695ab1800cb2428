import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../support/child-environment";
import { PROJECT, withFolder } from "./support/run-plan";

const STATES = ["dev", "prod"].map((name) => `tests/engine/baselines/0.1.0-${name}.json`);

function doctor(args: readonly string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(PROJECT, "preflight/cli/main.cjs"), "doctor", ...args],
    { cwd: PROJECT, encoding: "utf8", env: childEnvironment(), input },
  );
  return { status, stdout, stderr };
}

describe("npm run doctor -- --state", function () {
  this.timeout(120_000);

  it("judges what stands, without a program, and says what is not known", () => {
    const { status, stdout, stderr } = doctor(["--state", ...STATES]);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /what is encrypted in them is unknown/);
    assert.match(stdout, /secret-undecided/);
    assert.match(
      stdout,
      /Stacks\n {2}eks-db-secrets\/test {2}0 errors {2}0 warnings {2}6 notes\n {2}eks-db-secrets\/test/,
    );
  });

  it("finds what was made wrong, at the line of the state", () => {
    withFolder((folder) => {
      const text = readFileSync(join(PROJECT, STATES[0] ?? ""), "utf8");
      const file = join(folder, "shop.json");
      writeFileSync(
        file,
        text.replaceAll('"publiclyAccessible": false', '"publiclyAccessible": true'),
      );
      const { status, stdout } = doctor(["--state", file, STATES[1] ?? "", "--format", "json"]);
      assert.equal(status, 1);
      const { version, stacks } = JSON.parse(stdout);
      assert.equal(version, 2);
      assert.deepEqual(
        stacks.map(({ project, stack, findings }: any) => [
          ...[project, stack],
          findings.filter(({ severity }: any) => severity === "error").map(({ id }: any) => id),
        ]),
        [
          ["eks-db-secrets", "test", ["database-public"]],
          ["eks-db-secrets", "test", []],
        ],
      );
      const [{ urn, source }] = stacks[0].findings;
      assert.ok(text.split("\n")[source.line - 1]?.includes(`"urn": "${urn}"`));
      const sarif = JSON.parse(doctor(["--state", file, "--format", "sarif"]).stdout);
      assert.equal(sarif.runs[0].results[0].ruleId, "database-public");
    });
  });

  it("reads standard input", () => {
    const text = readFileSync(join(PROJECT, STATES[0] ?? ""), "utf8");
    const { status, stdout } = doctor(["--state", "-"], text);
    assert.equal(status, 0);
    assert.match(stdout, /Diagnosis of stack test/);
  });

  it("makes one page of many stacks, with places that are there once", () => {
    const { status, stdout } = doctor(["--state", ...STATES, "--format", "html"]);
    assert.equal(status, 0);
    const ids = [...stdout.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    const links = [...stdout.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    assert.deepEqual(
      links.filter((id) => !ids.includes(id)),
      [],
    );
    assert.ok(links.includes("s2"));
  });

  it("says of all files at once why they cannot be read", () => {
    const { status, stdout, stderr } = doctor(["--state", "package.json", "no-such.json"]);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(
      stderr,
      /package\.json is no state of a stack.*it has no deployment\n.*cannot read no-such\.json/s,
    );
  });

  it("is no option of a program's diagnosis, nor a page one of a program's", () => {
    const both = doctor(["--state", ...STATES, "--stack", "dev"]);
    assert.deepEqual([both.status, both.stdout], [2, ""]);
    assert.match(both.stderr, /cannot be used with option '-s, --stack/);
    const page = doctor(["--format", "html"]);
    assert.equal(page.status, 2);
    assert.match(page.stderr, /name them with '--state'/);
  });
});
