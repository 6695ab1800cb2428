import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { environment, writeWorkspace } from "../../../../local/engine/engine";
import { Failure } from "../../../../local/engine/errors";
import { eachInFolder } from "../../../support/folder";

describe("the files of a stack beside its state", () => {
  let folder: string;

  eachInFolder((made) => (folder = made));

  const passphrase = () => environment(folder, "dev", "").PULUMI_CONFIG_PASSPHRASE;

  it("have one passphrase, which is never replaced", () => {
    const first = passphrase();
    assert.match(String(first), /^[\w-]{32}$/);
    assert.equal(passphrase(), first);
    const backend = path.join(folder, "backend");
    fs.mkdirSync(path.join(backend, ".pulumi/stacks"), { recursive: true });
    assert.equal(passphrase(), first);
    const file = path.join(folder, "passphrase");
    fs.rmSync(file);
    const message =
      `${file} is missing, and the state in ${backend} cannot be decrypted without it; put it back, ` +
      "or remove the stack with: npm run local:down -- --stack dev --force";
    assert.throws(passphrase, new Failure(message));
    assert.ok(!fs.existsSync(file));
  });

  it("have the stack's settings, in which the engine's salt is kept", () => {
    const write = (content: string): string => {
      const file = path.join(folder, "workspace/Pulumi.dev.yaml");
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content);
      writeWorkspace(folder, "dev", { name: "shop" }, { config: { a: "1" } });
      return fs.readFileSync(file, "utf8");
    };
    assert.equal(
      write("encryptionsalt: s\nconfig: {}\n"),
      '"config":\n  "a": "1"\n"encryptionsalt": "s"\n',
    );
    for (const without of ["", "[1]", "text"])
      assert.equal(write(without), '"config":\n  "a": "1"\n');
    const file = path.join(folder, "workspace/Pulumi.dev.yaml");
    const message = `${file} is not valid YAML; remove it, it is written again`;
    assert.throws(() => write("{"), { name: "Failure", message });
    const workspace = path.dirname(file);
    fs.rmSync(workspace, { recursive: true });
    fs.writeFileSync(workspace, "");
    assert.throws(() => writeWorkspace(folder, "dev", { name: "shop" }, {}), {
      name: "Failure",
      message: `EEXIST: file already exists, mkdir '${workspace}'; remove ${workspace}, it is written again`,
    });
  });
});
