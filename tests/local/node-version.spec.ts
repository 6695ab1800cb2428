import * as assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const PROJECT = path.resolve(__dirname, "../..");
const HELPER = path.join(PROJECT, "launch/node-version.cjs");

describe("a command of this project", () => {
  let folder: string;
  let node: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "node version "));
    node = path.join(folder, "node");
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  /** A command that needs what the helper provides, and prints its arguments. */
  function command(needs: string): string {
    const file = path.join(folder, "command.cjs");
    const print = "() => console.log('started', ...process.argv.slice(2))";
    fs.writeFileSync(
      file,
      `require(${JSON.stringify(HELPER)}).${needs.replace("START", print)};\n`,
    );
    return file;
  }

  const onNode = (version: string) => `withNode(START, ${JSON.stringify({ version, node })})`;

  function run(needs: string, ...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--no-warnings", command(needs), ...args],
      { encoding: "utf8" },
    );
    return { status, stdout, stderr };
  }

  it("starts at once on a Node.js that is new enough", () => {
    for (const version of ["22.15.0", "23.0.0", "24.21.0"]) {
      const expected = { status: 0, stdout: "started a b\n", stderr: "" };
      assert.deepEqual(run(onNode(version), "a", "b"), expected);
    }
  });

  it("starts itself on the project's own Node.js where the running one is too old", () => {
    fs.writeFileSync(node, '#!/bin/sh\necho "own $@"; exit 7\n', { mode: 0o755 });
    assert.deepEqual(run(onNode("20.20.2"), "a", "b c"), {
      status: 7,
      stdout: `own --no-warnings ${path.join(folder, "command.cjs")} a b c\n`,
      stderr: "",
    });
  });

  it("says in one line what to do where there is no other Node.js", () => {
    assert.deepEqual(run(onNode("20.20.2")), {
      status: 2,
      stdout: "",
      stderr:
        "error: Node.js 22.15 or later is needed, and this is 20.20.2: run npm ci, which brings one, " +
        "or install it (https://nodejs.org)\n",
    });
  });

  it("says so where the project's own Node.js does not start", () => {
    fs.writeFileSync(node, "", { mode: 0o644 });
    assert.deepEqual(run(onNode("20.20.2")), {
      status: 2,
      stdout: "",
      stderr: `error: ${node} cannot be started: spawn ${node} EACCES\n`,
    });
  });

  it("passes signals on to the one that it has started, and ends as that does", async () => {
    fs.writeFileSync(
      node,
      `#!/bin/sh\ntrap 'echo signalled; exit 5' TERM\necho ready\nwhile :; do sleep 0.05; done\n`,
      { mode: 0o755 },
    );
    const child = spawn(process.execPath, [command(onNode("20.20.2"))], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(child, "exit");
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    assert.deepEqual(await exited, [5, null]);
  });

  it("says in one line what to do where the npm packages are not installed", () => {
    assert.deepEqual(run(`requireInstalled(${JSON.stringify(folder)})`), {
      status: 2,
      stdout: "",
      stderr: "error: the npm packages of this project are not installed: run npm ci first\n",
    });
    assert.deepEqual(run("requireInstalled()"), { status: 0, stdout: "", stderr: "" });
  });
});
