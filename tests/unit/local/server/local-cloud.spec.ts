import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { accountIn } from "../../../../preflight/simulation/models/model";
import { wrapSecret, isSecretEnvelope } from "../../../../preflight/simulation/wire/envelopes";
import { LocalCloud, Unready } from "../../../../local/server/local-cloud";
import { type CloudObject, CloudStore } from "../../../../local/server/store";
import { eachInFolder } from "../../../support/folder";

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
const GROUP = named("aws:ec2/securityGroup:SecurityGroup", "orders");
const CLUSTER = named("aws:eks/cluster:Cluster", "cluster");
const NAMESPACE = named("kubernetes:core/v1:Namespace", "orders");

describe("the local cloud", () => {
  let folder: string;
  let cloud: LocalCloud;

  eachInFolder((made) => {
    folder = made;
    cloud = new LocalCloud({ store: new CloudStore(folder), account: accountIn("eu-central-1") });
  });

  it("chooses a name where there is none, and keeps it", () => {
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

  it("knows nothing at preview of what the service adds to an input", () => {
    const vpcConfig = { subnetIds: ["subnet-1", "subnet-2"] };
    const outputs = cloud.previewCreate(CLUSTER, { name: "c", roleArn: "role", vpcConfig });
    assert.deepEqual(outputs.vpcConfig, { ...vpcConfig, clusterSecurityGroupId: UNKNOWN });
  });

  it("invents nothing at preview for unknown inputs", async () => {
    const { id, outputs } = await cloud.create(INSTANCE, { identifier: "orders", username: "app" });
    const news = { identifier: UNKNOWN, port: UNKNOWN, username: "app" };
    const { address, port, endpoint, arn, ...others } = outputs;
    assert.deepEqual(cloud.previewUpdate(INSTANCE, id, news), {
      ...{ ...others, identifier: UNKNOWN, port: UNKNOWN },
      ...{ address: UNKNOWN, endpoint: UNKNOWN, arn: UNKNOWN },
    });
    assert.deepEqual([port, endpoint], [5432, `${String(address)}:5432`]);
    assert.match(String(arn), /:db:orders$/);
    assert.deepEqual(cloud.store.get(INSTANCE.type, id)?.outputs, outputs);
  });

  it("knows at preview what an update leaves as it is", async () => {
    const inputs = { identifier: "orders", username: wrapSecret("app") };
    const { id, outputs } = await cloud.create(INSTANCE, inputs);
    const news = { ...inputs, tags: { team: "orders" } };
    assert.deepEqual(cloud.previewUpdate(INSTANCE, id, news), { ...outputs, tags: news.tags });
  });

  it("keeps secret, in its file too, what it gives back of a secret input", async () => {
    await cloud.create(INSTANCE, { identifier: "orders", username: wrapSecret("canary-name") });
    const annotations = { owner: wrapSecret("canary-note"), team: "orders" };
    const { id } = await cloud.create(NAMESPACE, { metadata: { name: "orders", annotations } });
    const news = { metadata: { name: "orders", annotations: { ...annotations, team: "shop" } } };
    const { outputs } = await cloud.update(NAMESPACE, id, news);
    assert.deepEqual(
      (outputs.metadata as typeof news.metadata).annotations,
      news.metadata.annotations,
    );
    assert.ok(!fs.readFileSync(path.join(folder, "cloud.json"), "utf8").includes("canary"));
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

  it("refuses a second object of the same name", async () => {
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

  it("asks for a final snapshot's name when a database is destroyed, not earlier", async () => {
    const { id } = await cloud.create(INSTANCE, { identifier: "orders" });
    await assert.rejects(
      cloud.delete(INSTANCE, id),
      /^Refused: finalSnapshotIdentifier is required when skipFinalSnapshot is false$/,
    );
    for (const final of [{ finalSnapshotIdentifier: "last" }, { skipFinalSnapshot: true }]) {
      const made = await cloud.create(INSTANCE, { identifier: "shop", ...final });
      await cloud.delete(INSTANCE, made.id);
    }
  });

  it("discards an object that no state knows, even where it is protected and in use", async () => {
    const stopped: string[] = [];
    const deleted = ({ id }: CloudObject): Promise<void> => {
      stopped.push(id);
      return Promise.resolve();
    };
    const hooks = { [INSTANCE.type]: { deleted } };
    const { store } = cloud;
    cloud = new LocalCloud({ store, account: accountIn("eu-central-1"), hooks });
    const group = await cloud.create(GROUP, { name: "orders" });
    const instance = await cloud.create(INSTANCE, {
      ...{ identifier: "orders", deletionProtection: true, vpcSecurityGroupIds: [group.id] },
    });
    await cloud.discard(group);
    await cloud.discard(instance);
    assert.deepEqual([store.all(), stopped], [[], [instance.id]]);
  });

  it("fails once where a fault was injected, without having done anything", async () => {
    cloud.faults.inject({ kind: "fail", operation: "create", urn: "Role::reader" });
    const inputs = { name: "reader", assumeRolePolicy: TRUST };
    await assert.rejects(cloud.create(ROLE, inputs), /InternalFailure/);
    assert.deepEqual(cloud.store.all(), []);
    await cloud.create(ROLE, inputs);
    assert.equal(cloud.faults.injected.length, 1);
  });

  it("stores an object that was created and is not ready", async () => {
    cloud.faults.inject({ kind: "never ready", operation: "create", urn: "Role::reader" });
    await assert.rejects(cloud.create(ROLE, { name: "reader", assumeRolePolicy: TRUST }), Unready);
    assert.equal(cloud.store.all().length, 1);
  });
});
