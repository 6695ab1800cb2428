import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { type CloudObject, CloudStore } from "../../../../local/server/store";

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

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "store-"));
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("finds again what it kept, secrets in their envelopes", () => {
    new CloudStore(folder).put(database);
    assert.deepEqual(new CloudStore(folder).all(), [database]);
  });

  it("writes secrets encrypted, and everything else readable", () => {
    new CloudStore(folder).put(database);
    const text = fs.readFileSync(path.join(folder, "cloud.json"), "utf8");
    assert.ok(!text.includes(SECRET));
    assert.ok(text.includes('"name": "orders"'));
  });

  it("leaves no temporary file and keeps others from reading", () => {
    new CloudStore(folder).put(database);
    assert.deepEqual(fs.readdirSync(folder).sort(), ["cloud.json", "cloud.key"]);
    for (const file of fs.readdirSync(folder)) {
      assert.equal(fs.statSync(path.join(folder, file)).mode & 0o077, 0);
    }
  });

  it("refuses to read with another key", () => {
    new CloudStore(folder).put(database);
    fs.writeFileSync(path.join(folder, "cloud.key"), Buffer.alloc(32).toString("base64"));
    assert.throws(() => new CloudStore(folder));
  });

  it("forgets what is removed", () => {
    const store = new CloudStore(folder);
    store.put(database);
    store.remove(database.type, database.id);
    assert.deepEqual(new CloudStore(folder).all(), []);
  });
});
