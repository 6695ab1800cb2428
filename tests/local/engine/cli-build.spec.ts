import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { build } from "../../../local/engine/cli-build";
import { cacheFolder, CLI_VERSION } from "../../../local/engine/cli-cache";
import { Interrupted } from "../../../local/engine/errors";
import { eachInFolder } from "../../support/folder";

/** Stands in for Go: `go env` answers, `go build` records its caches and does `doing`. */
const goThat = (doing: string, downloads: string) => `#!/bin/sh
if [ "$1" = env ]; then echo '{"GOMODCACHE":"${downloads}","GOPROXY":"https://proxy.example,direct"}'; exit; fi
while [ "$1" != -o ]; do shift; done
mkdir -p "$GOCACHE" "$GOMODCACHE"
printf '%s\\n' "$GOCACHE" "$GOMODCACHE" "$GOTMPDIR" "$GOPROXY" > "$RECORD"
${doing}
`;

const WRITES_THE_CLI = 'echo cli > "$2"';

describe("building the Pulumi CLI", () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;

  eachInFolder((made) => {
    folder = made;
    env = {
      PATH: `${path.join(folder, "bin")}:${process.env.PATH ?? ""}`,
      XDG_CACHE_HOME: path.join(folder, "cache"),
      RECORD: path.join(folder, "record"),
    };
  });

  const modules = () => path.join(folder, "modules");
  const builds = () => path.join(cacheFolder(env), "build");

  function install(doing: string): void {
    const go = path.join(folder, "bin/go");
    fs.mkdirSync(path.dirname(go), { recursive: true });
    fs.writeFileSync(go, goThat(doing, modules()), { mode: 0o755 });
  }

  const recorded = () => fs.readFileSync(path.join(folder, "record"), "utf8").trim().split("\n");

  it("keeps only the CLI, and uses the modules that the user has already", async () => {
    fs.mkdirSync(path.join(modules(), "cache/download"), { recursive: true });
    install(WRITES_THE_CLI);
    const root = await build(env);
    assert.equal(root, path.join(cacheFolder(env), "versions", CLI_VERSION));
    assert.equal(fs.readFileSync(path.join(root, "bin/pulumi"), "utf8"), "cli\n");
    assert.deepEqual(fs.readdirSync(cacheFolder(env)), ["versions"]);
    assert.deepEqual(recorded(), [
      path.join(builds(), "packages"),
      path.join(builds(), "modules"),
      path.join(builds(), "temporary"),
      `file://${modules()}/cache/download,https://proxy.example,direct`,
    ]);
  });

  it("shares the user's caches where it is told to", async () => {
    const own = [path.join(folder, "packages"), modules()];
    const [GOCACHE, GOMODCACHE] = own;
    install(WRITES_THE_CLI);
    await build({ ...env, GOCACHE, GOMODCACHE, SHARE_GO_CACHE: "1" });
    assert.deepEqual(recorded(), own);
    assert.deepEqual(fs.readdirSync(folder).sort(), [
      ...["bin", "cache", "modules", "packages", "record"],
    ]);
  });

  it("leaves its caches to the next build, and no CLI, where it fails", async () => {
    install(`${WRITES_THE_CLI}; echo "no such module" >&2; echo example.org/compiled >&2; exit 1`);
    await assert.rejects(
      build(env),
      new Error("no such module; run the command again, and the build continues from there"),
    );
    assert.deepEqual(fs.readdirSync(cacheFolder(env)), ["build"]);
    assert.deepEqual(fs.readdirSync(builds()).sort(), ["modules", "packages", "root", "temporary"]);
    install(WRITES_THE_CLI);
    await build(env);
    assert.deepEqual(fs.readdirSync(cacheFolder(env)), ["versions"]);
  });

  it("cleans up and ends all that it started when it is interrupted", async () => {
    const child = path.join(folder, "child");
    install(`trap "touch ${folder}/cleaned; exit 1" INT; sleep 60 & echo $! > ${child}; wait`);
    const interruption = new AbortController();
    const interrupted = assert.rejects(build(env, interruption.signal), Interrupted);
    while (!fs.existsSync(child) || fs.readFileSync(child, "utf8") === "") {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    interruption.abort();
    await interrupted;
    assert.equal(fs.existsSync(path.join(folder, "cleaned")), true, "no time to clean up");
    const { stdout } = spawnSync("ps", [
      "-o",
      "stat=",
      "-p",
      fs.readFileSync(child, "utf8").trim(),
    ]);
    assert.match(stdout.toString(), /^(?:Z.*\n)?$/, "it runs on");
    assert.deepEqual(fs.readdirSync(cacheFolder(env)), ["build"]);
  });

  it("is refused while another command builds it", async () => {
    install(WRITES_THE_CLI);
    const lock = `${builds()}.lock`;
    fs.mkdirSync(lock, { recursive: true });
    fs.writeFileSync(path.join(lock, String(process.pid)), "");
    const message =
      `another command is building it (process ${process.pid}); wait for it to end. ` +
      `If that process is something else, remove ${lock}`;
    await assert.rejects(build(env), { message });
  });
});
