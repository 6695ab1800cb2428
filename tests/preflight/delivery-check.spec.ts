import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { childEnvironment } from "../support/child-environment";

const ROOT = resolve(__dirname, "../..");

describe("npm run delivery:check", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "delivery-check-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const check = (...args: readonly string[]) => {
    const script = join(ROOT, "preflight/cli/main.cjs");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [script, "delivery-check", ...args],
      {
        encoding: "utf8",
        env: childEnvironment(),
      },
    );
    return { status, stdout, stderr };
  };
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const mount = (name: string, content: string) => ({
    name,
    parameters: {
      region: "us-west-2",
      usePodIdentity: "true",
      objects: '[{"objectName":"s","objectType":"secretsmanager"}]',
    },
    secrets: { s: { versions: [{ value: "v", id: "1" }] } },
    expect: {
      files: [{ path: "s", mode: "0644", content }],
      versions: { s: "1" },
      apiCalls: { GetSecretValue: 1, PodIdentityCredentials: 1 },
    },
  });

  it("counts cases of a list that agree", () => {
    const path = file("good.json", JSON.stringify([mount("a", "v"), mount("b", "v")]));
    assert.deepEqual(check(path), { status: 0, stdout: "2 passed, 0 failed\n", stderr: "" });
  });

  it("prints a line for each disagreement", () => {
    const path = file("bad.json", JSON.stringify({ cases: [mount("a", "w"), mount("b", "v")] }));
    const files = (content: string) => JSON.stringify([{ path: "s", mode: "0644", content }]);
    assert.deepEqual(check(path), {
      status: 1,
      stdout: `a: files: expected ${files("w")}, got ${files("v")}\n1 passed, 1 failed\n`,
      stderr: "",
    });
  });

  it("says why it cannot start", () => {
    assert.deepEqual(check(), {
      ...{ status: 2, stdout: "" },
      stderr: "error: missing required argument 'file'\n",
    });
    assert.deepEqual(check("a", "b"), {
      ...{ status: 2, stdout: "" },
      stderr:
        "error: too many arguments for 'delivery-check'. Expected 1 argument but got 2: a, b.\n",
    });
    const missing = check(join(folder, "none.json"));
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /none\.json: ENOENT/);
    const text = check(file("text.json", "text"));
    assert.equal(text.status, 2);
    assert.match(text.stderr, /text\.json: .*JSON/);
    assert.equal(check(file("no-cases.json", "{}")).status, 2);
  });
});
