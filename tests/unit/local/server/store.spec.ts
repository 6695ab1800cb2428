import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { type CloudObject, CloudStore } from "../../../../local/server/store";
import { eachInFolder } from "../../../support/folder";

const SECRET = "a-password-in-the-cloud";

const database: CloudObject = {
  type: "aws:rds/instance:Instance",
  id: "orders",
  urn: "urn:pulumi:test::p::aws:rds/instance:Instance::orders",
  seed: "0a1b",
  inputs: { name: "orders", password: wrapSecret(SECRET) },
  outputs: { name: "orders", nested: [{ password: wrapSecret(SECRET) }] },
};

describe("the store of a local cloud", () => {
  let folder: string;

  eachInFolder((made) => (folder = made));

  it("reads what it has written, secrets in their envelopes", () => {
    new CloudStore(folder).put(database);
    assert.deepEqual(new CloudStore(folder).all(), [database]);
  });

  it("writes secrets encrypted, and everything else readable", () => {
    new CloudStore(folder).put(database);
    const text = fs.readFileSync(path.join(folder, "cloud.json"), "utf8");
    assert.ok(!text.includes(SECRET));
    assert.ok(text.includes('"name": "orders"'));
  });

  it("keeps what services know beside the resources, encrypted, until they forget it", () => {
    const store = new CloudStore(folder);
    store.keep("versions", [{ value: SECRET }]);
    assert.deepEqual(new CloudStore(folder).kept("versions"), [{ value: SECRET }]);
    assert.ok(!fs.readFileSync(path.join(folder, "cloud.json"), "utf8").includes(SECRET));
    store.forget("versions");
    assert.equal(new CloudStore(folder).kept("versions"), undefined);
  });

  it("leaves no temporary file and keeps others from reading", () => {
    new CloudStore(folder).put(database);
    assert.deepEqual(fs.readdirSync(folder).sort(), ["cloud.json", "cloud.key"]);
    for (const file of fs.readdirSync(folder)) {
      assert.equal(fs.statSync(path.join(folder, file)).mode & 0o077, 0);
    }
  });

  it("says in one line which file is missing or damaged, and never replaces it", () => {
    const [file, key] = ["cloud.json", "cloud.key"].map((name) => path.join(folder, name)) as [
      string,
      string,
    ];
    new CloudStore(folder).put(database);
    const sealed = fs.readFileSync(file, "utf8");
    const wrong = [
      [file, "{", `${file} does not hold a local cloud: it is not valid JSON`],
      [file, "[]", `${file} does not hold a local cloud: it has no list 'objects'`],
      [file, sealed, `${file} was encrypted with another key than that in cloud.key`],
      [key, "short", `${key} does not hold a key of 32 bytes`],
      [key, undefined, `${key} is missing, and cloud.json cannot be decrypted without it`],
    ] as const;
    fs.writeFileSync(key, Buffer.alloc(32).toString("base64"));
    for (const [damaged, content, message] of wrong) {
      if (content === undefined) fs.rmSync(damaged);
      else fs.writeFileSync(damaged, content);
      assert.throws(() => new CloudStore(folder), { message });
    }
    assert.ok(!fs.existsSync(key));
  });

  it("removes objects from the file", () => {
    const store = new CloudStore(folder);
    store.put(database);
    store.remove(database.type, database.id);
    assert.deepEqual(new CloudStore(folder).all(), []);
  });
});
