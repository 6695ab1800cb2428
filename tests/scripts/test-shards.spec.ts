import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dealt } from "../../scripts/test-shards.cjs";
import { childEnvironment } from "../support/child-environment";

const SCRIPT = join(__dirname, "../../scripts/test-shards.cjs");

const passing = (title: string): string => `it(${JSON.stringify(title)}, () => undefined);\n`;

/** Runs the specs, by file name, in a folder of their own. */
function runShards(specs: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "shards-"));
  try {
    writeFileSync(join(folder, ".mocharc.json"), '{"ignore":["ignored/**","z.spec.js"]}');
    for (const [file, code] of Object.entries(specs)) writeFileSync(join(folder, file), code);
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, "*.spec.js"], {
      cwd: folder,
      encoding: "utf8",
      env: childEnvironment(),
    });
    const lines = stdout.trim().split("\n");
    return { status, last: lines.at(-1), stdout, stderr: stderr.trim() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the tests in several processes", () => {
  it("deal the files out in the order of their paths, there and back", () => {
    assert.deepEqual(dealt(["b/1", "a/2", "a/1", "b/2", "c"], 2), [
      ["a/1", "b/2", "c"],
      ["a/2", "b/1"],
    ]);
    assert.deepEqual(dealt([], 2), [[], []]);
  });

  it("are counted together, without the ignored ones", () => {
    const { status, last, stderr } = runShards({
      "a.spec.js": passing("one") + passing("two"),
      "b.spec.js": `${passing("three")}it("later");\n`,
      "z.spec.js": passing("ignored"),
    });
    assert.deepEqual(
      { status, last, stderr },
      { status: 0, last: "3 passed, 0 failed, 1 skipped", stderr: "" },
    );
  });

  it("fail if one of them fails, and show which test", () => {
    const { status, last, stdout, stderr } = runShards({
      "a.spec.js": passing("one"),
      "b.spec.js": 'it("breaks", () => { throw new Error("on purpose"); });\n',
    });
    assert.deepEqual(
      { status, last, stderr },
      { status: 1, last: "1 passed, 1 failed", stderr: "tests-2 failed (exit code 1)" },
    );
    assert.match(stdout, /breaks[^]+on purpose/);
  });

  for (const [end, how] of [
    ["process.kill(process.pid, 'SIGKILL')", "SIGKILL"],
    ["process.exit(0)", "exit code 0"],
  ] as const) {
    it(`fail if a process ends before its tests do: ${how}`, () => {
      const { status, last, stderr } = runShards({
        "a.spec.js": `it("ends", () => { ${end}; });\n`,
        "b.spec.js": passing("two"),
      });
      assert.deepEqual(
        { status, last, stderr },
        {
          status: 1,
          last: "1 passed, 0 failed",
          stderr: `tests-1 ended before its tests did (${how})`,
        },
      );
    });
  }

  it("fail where there are none", () => {
    const { status, stderr } = runShards({});
    assert.deepEqual({ status, stderr }, { status: 1, stderr: "no file matches *.spec.js" });
  });
});
