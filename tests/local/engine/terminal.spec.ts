import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { MINIMUM_CLI_VERSION } from "../../../local/engine/cli";
import { type CommandLine, onTerminal } from "../../../local/engine/terminal";
import { eachInFolder } from "../../support/folder";

describe("the Pulumi CLI on a terminal", () => {
  let folder: string;
  let cli: CommandLine;

  eachInFolder(async (made) => {
    folder = made;
    const binary = path.join(folder, "bin/pulumi");
    fs.mkdirSync(path.dirname(binary));
    // Answers as the CLI for its version; of anything else, it writes down what it was given.
    const lines = [
      "#!/bin/sh",
      `test "$1" = version && echo v${MINIMUM_CLI_VERSION}`,
      `echo "$@" in "$PWD" with "$SETTING" >> ${folder}/calls`,
      'test "$2" != killed || kill -KILL $$',
      'test "$2" != fail',
    ];
    fs.writeFileSync(binary, `${lines.join("\n")}\n`, { mode: 0o755 });
    cli = onTerminal(await PulumiCommand.get({ root: folder })) as unknown as CommandLine;
    fs.rmSync(path.join(folder, "calls"));
  });

  const run = (...args: string[]) => cli.run(args, fs.realpathSync(folder), { SETTING: "own" });

  const calls = (): readonly string[] =>
    fs.readFileSync(path.join(folder, "calls"), "utf8").trimEnd().split("\n");

  it("shows a live tree: nothing of what it writes goes through this process", async () => {
    assert.deepEqual(await run("up", "--yes"), { stdout: "", stderr: "" });
    assert.deepEqual(calls(), [`up --yes in ${fs.realpathSync(folder)} with own`]);
  });

  it("is read through a pipe for all that shows nothing", async () => {
    const { stdout } = await run("version");
    assert.equal(stdout.trim(), `v${MINIMUM_CLI_VERSION}`);
    await run("destroy", "--preview-only");
    assert.deepEqual(
      calls().map((call) => call.split(" in ")[0]),
      ["version --non-interactive", "destroy --preview-only --non-interactive"],
    );
  });

  it("fails as a command of the Automation API does", async () => {
    await assert.rejects(run("up", "fail"), {
      name: "CommandError",
      message: "pulumi up ended with code 1",
    });
    await assert.rejects(run("up", "killed"), {
      name: "CommandError",
      message: "pulumi up was killed with SIGKILL",
    });
  });
});
