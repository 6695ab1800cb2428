import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { type MountedFile, mountFiles } from "../../../local/kubelet/mount";
import { eachInFolder } from "../../support/folder";

const TYPESCRIPT = path.resolve(__dirname, "../../support/typescript.cjs");

const file = (name: string, content: string, mode = 0o644): MountedFile => ({
  ...{ path: name, mode },
  content: Buffer.from(content),
});

describe("a volume of a local pod", () => {
  let folder: string;

  eachInFolder((made) => (folder = made));

  const contents = (volume: string) =>
    Object.fromEntries(
      fs
        .readdirSync(volume)
        .map((name) => [name, fs.readFileSync(path.join(volume, name), "utf8")]),
    );

  it("is complete at all times while several processes mount it", async () => {
    const [same, changing] = ["same", "changing"].map((name) => path.join(folder, name)) as [
      string,
      string,
    ];
    const script = `
      const { mountFiles } = require("./local/kubelet/mount");
      const files = (text) =>
        ["a", "b", "c"].map((path) => ({ path, mode: 0o400, content: Buffer.from(text) }));
      for (let round = 0; round < 150; round += 1) {
        mountFiles(process.argv[1], files("same"));
        mountFiles(process.argv[2], files(process.pid + " " + round));
      }`;
    const names = ["a", "b", "c"];
    mountFiles(
      same,
      names.map((name) => file(name, "same", 0o400)),
    );
    const writers = [1, 2].map(() => {
      const child = spawn(process.execPath, ["-r", TYPESCRIPT, "-e", script, same, changing]);
      const said: Buffer[] = [];
      child.stderr.on("data", (data: Buffer) => said.push(data));
      return once(child, "close").then(([code]) => [code as number, said.join("")]);
    });
    const seen = new Set<string>();
    const look = setInterval(() => seen.add(Object.values(contents(same)).join()), 0);
    const ended = await Promise.all(writers).finally(() => clearInterval(look));
    assert.deepEqual(ended, Array(2).fill([0, ""]));
    assert.deepEqual([...seen], ["same,same,same"]);
    assert.deepEqual(Object.keys(contents(changing)), names);
    assert.equal(new Set(Object.values(contents(changing))).size, 1);
  });
});
