import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { cacheFolder } from "../../local/engine/cli-cache";
import { folderOf, type GoTool, SDK_GENERATOR, YAML_HOST } from "../../scripts/go-tools";
import { eachInFolder } from "../support/folder";

/** Stands in for Go: writes where it was started and what it was to build, and each build in a line. */
const GO = `#!/bin/sh
echo "$PWD" >> "$RECORD"
while [ "$1" != -o ]; do shift; done
echo "$3" > "$2"
`;

describe("programs of tools/ that are built where they are needed", () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let tool: GoTool;

  eachInFolder((made) => {
    folder = made;
    const bin = path.join(folder, "bin");
    const module = path.join(folder, "module");
    for (const each of [bin, module]) fs.mkdirSync(each);
    fs.writeFileSync(path.join(bin, "go"), GO, { mode: 0o755 });
    fs.writeFileSync(path.join(module, "go.sum"), "one");
    env = {
      PATH: `${bin}:${process.env.PATH ?? ""}`,
      XDG_CACHE_HOME: path.join(folder, "cache"),
      RECORD: path.join(folder, "record"),
      // Else Go is asked for its caches first.
      SHARE_GO_CACHE: "1",
    };
    tool = {
      ...{ title: "a tool", minutes: 1, module, source: "example.org/tool", name: "tool" },
      sources: ["go.sum"],
    };
  });

  const builds = () => fs.readFileSync(path.join(folder, "record"), "utf8").trim().split("\n");

  it("are built in their module once, and kept", async () => {
    const built = await folderOf(tool, env);
    assert.equal(fs.readFileSync(path.join(built, "tool"), "utf8"), "example.org/tool\n");
    assert.equal(path.dirname(path.dirname(built)), path.join(cacheFolder(env), "tool"));
    assert.equal(await folderOf(tool, env), built);
    assert.deepEqual(builds(), [tool.module]);
  });

  it("are built anew from other sources", async () => {
    const before = await folderOf(tool, env);
    fs.writeFileSync(path.join(tool.module, "go.sum"), "two");
    assert.notEqual(await folderOf(tool, env), before);
    assert.equal(builds().length, 2);
  });

  for (const each of [SDK_GENERATOR, YAML_HOST]) {
    it(`have what they are built from in the repository: ${each.title}`, () => {
      for (const source of ["go.mod", ...each.sources]) {
        assert.ok(fs.existsSync(path.join(each.module, source)), source);
      }
    });
  }
});
