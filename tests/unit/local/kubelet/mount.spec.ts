import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  type MountedFile,
  mountFiles,
  openVolumes,
  rewriteFiles,
  volumesFolder,
} from "../../../../local/kubelet/mount";
import { PodEvent } from "../../../../local/kubelet/pod-event";
import { eachInFolder } from "../../../support/folder";

const file = (name: string, content: string, mode = 0o644): MountedFile => ({
  ...{ path: name, mode },
  content: Buffer.from(content),
});

const refusal = (message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof PodEvent, String(error));
  assert.equal(error.reason, "FailedMount");
  assert.match(error.message, message);
  return true;
};

describe("a volume of a local pod", () => {
  let folder: string;

  eachInFolder((made) => (folder = made));

  const contents = (volume: string) =>
    Object.fromEntries(
      fs
        .readdirSync(volume)
        .map((name) => [name, fs.readFileSync(path.join(volume, name), "utf8")]),
    );

  it("contains exactly the files of the last mount", () => {
    const volume = path.join(folder, "pod/secrets");
    mountFiles(volume, [file("a", "1"), file("b", "1")]);
    mountFiles(volume, [file("a", "2")]);
    assert.deepEqual(contents(volume), { a: "2" });
    const all = fs.readdirSync(path.dirname(volume)).sort();
    assert.deepEqual(all, [fs.readlinkSync(volume), "secrets"]);
  });

  it("is updated file by file where its secrets rotate, and keeps what is the same", () => {
    const volume = path.join(folder, "secrets");
    mountFiles(volume, [file("a", "1"), file("b", "1"), file("c", "1")]);
    const before = fs.readlinkSync(volume);
    const kept = fs.statSync(path.join(volume, "b")).ino;
    rewriteFiles(volume, [file("a", "2", 0o400), file("b", "1")]);
    assert.deepEqual(contents(volume), { a: "2", b: "1", c: "1" });
    assert.equal(fs.readlinkSync(volume), before);
    assert.equal(fs.statSync(path.join(volume, "b")).ino, kept);
    assert.equal(fs.statSync(path.join(volume, "a")).mode & 0o777, 0o400);
    assert.throws(
      () => rewriteFiles(volume, [file("../a", "2")]),
      refusal(/must lead into the volume/),
    );
  });

  it("removes what an interrupted mount left, but not the files of a running one", () => {
    const [old, young] = [".secrets.abcdef", ".secrets.ghijkl"].map((name) =>
      path.join(folder, name),
    );
    for (const left of [old, young]) fs.mkdirSync(left ?? assert.fail());
    const longAgo = new Date(Date.now() - 61_000);
    fs.utimesSync(old ?? assert.fail(), longAgo, longAgo);
    mountFiles(path.join(folder, "secrets"), []);
    assert.deepEqual(
      [old, young].map((left) => fs.existsSync(left ?? "")),
      [false, true],
    );
  });

  it("is not replaced where it has the files already", () => {
    const volume = path.join(folder, "secrets");
    const shown = (...files: readonly MountedFile[]) => {
      mountFiles(volume, files);
      return fs.readlinkSync(volume);
    };
    const first = shown(file("a/b", "1"), file("c", "2"));
    assert.equal(shown(file("c", "2"), file("a/b", "1")), first);
    const others = [
      shown(file("a/b", "1"), file("c", "3")),
      shown(file("a/b", "1"), file("c", "3", 0o400)),
      shown(file("a/b", "1")),
      shown(file("a/b", "1"), file("d", "3")),
    ];
    assert.equal(new Set([first, ...others]).size, 5);
  });

  it("contains no file outside its folder", () => {
    const volume = path.join(folder, "pod/secrets");
    for (const name of ["../../escaped", "a/../../b", "..", "", "."]) {
      const files = [file("fine", "1"), file(name, "1")];
      assert.throws(
        () => mountFiles(volume, files),
        refusal(
          /^MountVolume.SetUp failed for volume "secrets" : the path '.*' of a file must lead/,
        ),
      );
    }
    assert.deepEqual(fs.readdirSync(folder), []);
    mountFiles(volume, [file("a/../b", "1"), file("..c", "2")]);
    assert.deepEqual(contents(volume), { b: "1", "..c": "2" });
  });
});

describe("the folder of a stack's volumes", () => {
  let folder: string;

  eachInFolder((made) => (folder = made));

  it("is each stack's own, however alike or long their paths are", () => {
    const long = `/${"w/".repeat(200)}`;
    const stacks = ["/w/a_b/.local/x.y", "/w/a-b/.local/x-y", `${long}one`, `${long}two`];
    const folders = stacks.map(volumesFolder);
    assert.equal(new Set(folders).size, stacks.length);
    for (const each of folders) assert.ok(path.basename(each).length < 256);
    assert.deepEqual(stacks.map(volumesFolder), folders);
  });

  it("is created for this user alone, and may exist", () => {
    const volumes = path.join(folder, "a/volumes");
    for (const time of ["first", "second"]) {
      openVolumes(volumes);
      assert.equal(fs.statSync(volumes).mode & 0o777, 0o700, time);
    }
  });

  it("is not used where others may enter it, or where it is a link", () => {
    const open = path.join(folder, "open");
    fs.mkdirSync(open);
    fs.chmodSync(open, 0o755);
    const own = path.join(folder, "own");
    fs.mkdirSync(own, 0o700);
    const links = ["link", "broken"].map((name) => path.join(folder, name));
    for (const link of links) fs.symlinkSync(link.endsWith("link") ? own : `${own}/no`, link);
    for (const each of [open, ...links]) {
      assert.throws(
        () => openVolumes(each),
        refusal(
          new RegExp(`^${each} must be a folder of this user alone \\(mode 700\\); remove it$`),
        ),
      );
    }
  });
});
