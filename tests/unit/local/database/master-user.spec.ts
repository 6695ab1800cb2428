import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  forgetManagedPassword,
  makeManagedPassword,
  masterUserOf,
} from "../../../../local/database/master-user";
import { secretNamed } from "../../../../local/secrets/stored";
import { type CloudObject, CloudStore } from "../../../../local/server/store";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { eachInFolder } from "../../../support/folder";

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-0a1b-AbCdEf";

const instanceWith = (inputs: object, outputs: object = {}): CloudObject => ({
  ...{ type: "aws:rds/instance:Instance", id: "db-1", urn: "urn:pulumi:t::p::I::db", seed: "1" },
  ...{ inputs: { ...inputs }, outputs: { ...outputs } },
});

const MANAGED = instanceWith(
  { username: "orders", dbName: "shop", manageMasterUserPassword: true },
  { masterUserSecrets: [{ secretArn: ARN }] },
);

describe("the master user of a local database", () => {
  let folder: string;
  let store: CloudStore;

  eachInFolder((made) => {
    folder = made;
    store = new CloudStore(folder);
  });

  it("has the program's password", () => {
    const own = instanceWith({ username: "orders", dbName: "shop", password: wrapSecret("p") });
    makeManagedPassword(own, store);
    const expected = { username: "orders", password: "p", database: "shop" };
    assert.deepEqual(masterUserOf(own, store), expected);
    const plain = { username: "postgres", password: "p", database: "postgres" };
    assert.deepEqual(masterUserOf(instanceWith({ password: "p" }), store), plain);
  });

  it("has a password of RDS's own, made once and kept encrypted", () => {
    makeManagedPassword(MANAGED, store);
    const { password, ...rest } = masterUserOf(MANAGED, store);
    assert.deepEqual(rest, { username: "orders", database: "shop" });
    assert.match(password, /^[A-Za-z0-9]{32}$/);
    makeManagedPassword(MANAGED, store);
    assert.equal(masterUserOf(MANAGED, store).password, password);
    const written = fs.readFileSync(path.join(folder, "cloud.json"), "utf8");
    assert.ok(!written.includes(password));
    assert.equal(masterUserOf(MANAGED, new CloudStore(folder)).password, password);
  });

  it("is in a secret that is there as long as RDS keeps it", () => {
    store.put(MANAGED);
    for (const id of [ARN, "rds!db-0a1b"]) {
      assert.deepEqual(secretNamed(store, id), { arn: ARN, name: "rds!db-0a1b" });
    }
    makeManagedPassword(MANAGED, store);
    const { password } = masterUserOf(MANAGED, store);
    forgetManagedPassword(MANAGED, store);
    makeManagedPassword(MANAGED, store);
    assert.notEqual(masterUserOf(MANAGED, store).password, password);
    store.put(instanceWith({ password: "p" }, MANAGED.outputs));
    assert.throws(() => secretNamed(store, ARN), { name: "ResourceNotFoundException" });
  });
});
