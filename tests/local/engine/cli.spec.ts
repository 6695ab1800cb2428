import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { findCli, MINIMUM_CLI_VERSION, NoCli } from "../../../local/engine/cli";
import { cacheFolder, CLI_VERSION } from "../../../local/engine/cli-cache";
import { readProjectFile } from "../../../local/engine/project";
import { eachInFolder } from "../../support/folder";

/** A folder with a `bin/pulumi` that says it is of a version. */
function installation(folder: string, version: string): string {
  const binary = path.join(folder, "bin/pulumi");
  fs.mkdirSync(path.dirname(binary), { recursive: true });
  fs.writeFileSync(binary, `#!/bin/sh\necho v${version}\n`, { mode: 0o755 });
  return folder;
}

describe("finding the Pulumi CLI", () => {
  let folder: string;

  eachInFolder((made) => (folder = made));

  it("takes PULUMI_ROOT first", async () => {
    const root = installation(path.join(folder, "root"), MINIMUM_CLI_VERSION);
    const onPath = installation(path.join(folder, "path"), "3.300.0");
    const found = await findCli({ PULUMI_ROOT: root, PATH: path.join(onPath, "bin") });
    assert.equal(found.command, path.join(root, "bin/pulumi"));
  });

  it("takes no other than that of PULUMI_ROOT where it is set", async () => {
    const root = installation(path.join(folder, "root"), "3.258.9");
    const onPath = installation(path.join(folder, "path"), "3.300.0");
    for (const wrong of [root, path.join(folder, "none")]) {
      await assert.rejects(
        findCli({ PULUMI_ROOT: wrong, PATH: path.join(onPath, "bin") }),
        (error: Error) => {
          assert.ok(error instanceof NoCli);
          const about = `PULUMI_ROOT is '${wrong}', which has no Pulumi CLI of version ${MINIMUM_CLI_VERSION}`;
          assert.ok(error.message.startsWith(about), error.message);
          assert.ok(error.message.endsWith("or unset it"), error.message);
          return true;
        },
      );
    }
  });

  it("skips a CLI that is too old", async () => {
    const onPath = installation(path.join(folder, "path"), "3.258.9");
    const env = { XDG_CACHE_HOME: folder, PATH: path.join(onPath, "bin"), PULUMI_ROOT: "" };
    const kept = installation(path.join(cacheFolder(env), "versions", CLI_VERSION), CLI_VERSION);
    assert.equal((await findCli(env)).command, path.join(kept, "bin/pulumi"));
  });

  it("takes the one of an earlier run from the cache", async () => {
    const env = { XDG_CACHE_HOME: folder, PATH: "" };
    const kept = installation(path.join(cacheFolder(env), "versions", CLI_VERSION), CLI_VERSION);
    assert.equal((await findCli(env)).command, path.join(kept, "bin/pulumi"));
  });

  it("leaves no log of its own call of the CLI, and removes those of earlier releases", async () => {
    const env = { XDG_CACHE_HOME: folder, PATH: "" };
    const kept = installation(path.join(cacheFolder(env), "versions", CLI_VERSION), CLI_VERSION);
    const home = path.join(folder, "home");
    fs.writeFileSync(
      path.join(kept, "bin/pulumi"),
      `#!/bin/sh\necho "$PULUMI_HOME" >'${home}'\ntouch "$PULUMI_HOME/log"\necho v${CLI_VERSION}\n`,
    );
    const logs = path.join(cacheFolder(env), "logs");
    fs.mkdirSync(logs);
    const before = process.env.PULUMI_HOME;
    await findCli(env);
    assert.equal(process.env.PULUMI_HOME, before);
    const used = fs.readFileSync(home, "utf8").trim();
    assert.ok(used.startsWith(os.tmpdir()), used);
    assert.deepEqual(
      [used, logs].filter((left) => fs.existsSync(left)),
      [],
    );
  });

  it("lists what was tried when nothing works", async () => {
    // Nothing can be fetched or built without a PATH, and through a proxy that is not there.
    const env = {
      XDG_CACHE_HOME: folder,
      PATH: "",
      HTTPS_PROXY: "http://127.0.0.1:9",
      NODE_USE_ENV_PROXY: "1",
    };
    await assert.rejects(findCli(env), (error: Error) => {
      assert.ok(error instanceof NoCli);
      for (const way of ["PATH: no pulumi there", "npm package", "go build"]) {
        assert.ok(error.message.includes(way), `${way} is not in: ${error.message}`);
      }
      return true;
    });
  });

  it("takes nothing that Pulumi.yaml would refuse", () => {
    const { requiredPulumiVersion } = readProjectFile();
    assert.equal(requiredPulumiVersion, `>=${MINIMUM_CLI_VERSION}`);
  });

  it("builds the version that the npm package would fetch", () => {
    const module = fs.readFileSync(path.resolve(__dirname, "../../../tools/go.mod"), "utf8");
    assert.match(module, new RegExp(`github.com/pulumi/pulumi/pkg/v3 v${CLI_VERSION}`));
  });
});
