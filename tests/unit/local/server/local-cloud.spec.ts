import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { UNKNOWN } from "../../../../local/cloud/unknown";
import { accountIn } from "../../../../local/cloud/model";
import { isSecretEnvelope } from "../../../../local/cloud/envelopes";
import { LocalCloud, Unready } from "../../../../local/server/local-cloud";
import { CloudStore } from "../../../../local/server/store";

const named = (type: string, name: string) => ({
  urn: `urn:pulumi:t::p::${type}::${name}`,
  type,
  name,
});

const TRUST = JSON.stringify({
  Statement: {
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: "sts:AssumeRole",
  },
});
const ROLE = named("aws:iam/role:Role", "reader");
const PASSWORD = named("random:index/randomPassword:RandomPassword", "password");
const INSTANCE = named("aws:rds/instance:Instance", "orders");

describe("the local cloud", () => {
  let folder: string;
  let cloud: LocalCloud;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "cloud-"));
    cloud = new LocalCloud({ store: new CloudStore(folder), account: accountIn("eu-central-1") });
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("names what has no name, and keeps the name it chose", () => {
    const first = cloud.check(ROLE, undefined, { assumeRolePolicy: TRUST }, "1234567");
    assert.deepEqual(first.failures, []);
    assert.equal(first.inputs.name, "reader-1234567");
    const second = cloud.check(ROLE, first.inputs, { assumeRolePolicy: TRUST }, "7654321");
    assert.equal(second.inputs.name, "reader-1234567");
  });

  it("says what is missing", () => {
    assert.deepEqual(cloud.check(ROLE, undefined, {}, "1234567").failures, [
      "missing required assumeRolePolicy",
    ]);
  });

  it("knows nothing at preview of what the service computes", () => {
    const outputs = cloud.previewCreate(ROLE, { name: "reader", assumeRolePolicy: TRUST });
    assert.equal(outputs.name, "reader");
    assert.equal(outputs.arn, UNKNOWN);
    assert.deepEqual(cloud.store.all(), []);
  });

  it("wraps the outputs that the provider marks secret", async () => {
    const { outputs } = await cloud.create(PASSWORD, { length: 20 });
    assert.ok(isSecretEnvelope(outputs.result));
  });

  it("makes another password each time, and keeps it through an update", async () => {
    const first = await cloud.create(PASSWORD, { length: 20 });
    const second = await cloud.create(PASSWORD, { length: 20 });
    assert.notDeepEqual(first.outputs.result, second.outputs.result);
    const updated = await cloud.update(PASSWORD, first.id, { length: 20, keepers: {} });
    assert.deepEqual(updated.outputs.result, first.outputs.result);
  });

  it("refuses a second thing of the same name", async () => {
    await cloud.create(ROLE, { name: "reader", assumeRolePolicy: TRUST });
    await assert.rejects(
      cloud.create(ROLE, { name: "reader", assumeRolePolicy: TRUST }),
      /aws:iam\/role:Role 'reader' already exists/,
    );
  });

  it("keeps a protected database from being deleted", async () => {
    const { id } = await cloud.create(INSTANCE, { identifier: "orders", deletionProtection: true });
    await assert.rejects(
      cloud.delete(INSTANCE, id),
      /Cannot delete protected DB Instance 'orders'/,
    );
    assert.equal(cloud.store.all().length, 1);
  });

  it("fails once where a fault was injected, without having done anything", async () => {
    cloud.faults.inject({ kind: "fail", operation: "create", urn: "Role::reader" });
    const inputs = { name: "reader", assumeRolePolicy: TRUST };
    await assert.rejects(cloud.create(ROLE, inputs), /InternalFailure/);
    assert.deepEqual(cloud.store.all(), []);
    await cloud.create(ROLE, inputs);
    assert.equal(cloud.faults.struck.length, 1);
  });

  it("keeps what was made and did not get ready", async () => {
    cloud.faults.inject({ kind: "never ready", operation: "create", urn: "Role::reader" });
    await assert.rejects(cloud.create(ROLE, { name: "reader", assumeRolePolicy: TRUST }), Unready);
    assert.equal(cloud.store.all().length, 1);
  });
});
