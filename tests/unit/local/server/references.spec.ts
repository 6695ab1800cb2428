import * as assert from "node:assert/strict";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { accountIn } from "../../../../preflight/simulation/models/model";
import { ExternalResources } from "../../../../local/server/external-resources";
import { LocalCloud, type Named } from "../../../../local/server/local-cloud";
import { CloudStore } from "../../../../local/server/store";
import { eachInFolder } from "../../../support/folder";

const named = (type: string, name: string): Named => ({
  urn: `urn:pulumi:t::p::${type}::${name}`,
  type,
  name,
});

const ROLE = named("aws:iam/role:Role", "reader");
const POLICY = named("aws:iam/rolePolicy:RolePolicy", "read");
const TRUST = { assumeRolePolicy: "{}" };
const READ = { name: "read", policy: "{}" };

const GROUP = named("aws:ec2/securityGroup:SecurityGroup", "database");
const RULE = named("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "from-pods");
const CLUSTER = named("aws:eks/cluster:Cluster", "cluster");

const PRINCIPAL = "arn:aws:iam::123456789012:role/admin";
const ENTRY = named("aws:eks/accessEntry:AccessEntry", "admin");
const ASSOCIATION = named("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "admin");

const RELEASE = named("kubernetes:helm.sh/v3:Release", "release");
const ACCOUNT = named("kubernetes:core/v1:ServiceAccount", "api");

describe("what one thing of the local cloud names in another", () => {
  let folder: string;

  eachInFolder((made) => (folder = made));

  const cloudWith = (...existing: readonly string[]): LocalCloud =>
    new LocalCloud({
      store: new CloudStore(folder),
      account: accountIn("eu-central-1"),
      externalResources: new ExternalResources(existing),
    });

  it("must exist when the resource is created", async () => {
    const cloud = cloudWith();
    await assert.rejects(cloud.create(POLICY, { ...READ, role: "reader-1" }), {
      message:
        "aws:iam/rolePolicy:RolePolicy 'read': role: there is no aws:iam/role:Role 'reader-1'; " +
        "outside the stack the local cloud knows only what the settings name",
    });
    assert.deepEqual(cloud.store.all(), []);
    await cloud.create(ROLE, { ...TRUST, name: "reader-1" });
    await cloud.create(POLICY, { ...READ, role: "reader-1" });
  });

  it("must exist when the resource is updated", async () => {
    const cloud = cloudWith();
    await cloud.create(ROLE, { ...TRUST, name: "reader-1" });
    const { id } = await cloud.create(POLICY, { ...READ, role: "reader-1" });
    await assert.rejects(cloud.update(POLICY, id, { ...READ, role: "other" }), /no .*Role 'other'/);
    assert.equal(cloud.store.get(POLICY.type, id)?.inputs.role, "reader-1");
  });

  it("is not shown where it is secret, and checked all the same", async () => {
    const cloud = cloudWith();
    const inputs = { ...READ, role: wrapSecret("reader-1") };
    await assert.rejects(cloud.create(POLICY, inputs), {
      message:
        "aws:iam/rolePolicy:RolePolicy 'read': role: there is no aws:iam/role:Role of this name; " +
        "outside the stack the local cloud knows only what the settings name",
    });
    const role = await cloud.create(ROLE, { ...TRUST, name: wrapSecret("reader-1") });
    await cloud.create(POLICY, inputs);
    await assert.rejects(cloud.delete(ROLE, role.id), /in use/);
  });

  it("is checked as a whole id, not by a part that exists outside the stack", async () => {
    const cloud = cloudWith("main", PRINCIPAL);
    const access = { clusterName: wrapSecret("main"), principalArn: PRINCIPAL };
    await assert.rejects(
      cloud.create(ASSOCIATION, { ...access, policyArn: "p" }),
      /principalArn: there is no aws:eks\/accessEntry:AccessEntry/,
    );
    await cloud.create(ENTRY, access);
    await cloud.create(ASSOCIATION, { ...access, policyArn: "p" });
  });

  it("may be a namespace that a release of Helm is told to make", async () => {
    const cloud = cloudWith();
    const inputs = { metadata: { name: "api", namespace: "shop" } };
    const missing = /metadata.namespace: there is no kubernetes:core\/v1:Namespace 'shop'/;
    const release = { chart: "c", name: "a", namespace: "shop" };
    await cloud.create(RELEASE, { ...release, createNamespace: false });
    await assert.rejects(cloud.create(ACCOUNT, inputs), missing);
    await cloud.create(RELEASE, { ...release, name: "b", createNamespace: true });
    await cloud.create(ACCOUNT, inputs);
  });

  it("may exist outside the stack", async () => {
    await cloudWith("reader-1").create(POLICY, { ...READ, role: "reader-1" });
  });

  it("may be in the result of a function", async () => {
    const cloud = cloudWith();
    const cluster = cloud.invoke("aws:eks/getCluster:getCluster", { name: "shared" });
    const { clusterSecurityGroupId } = cluster.vpcConfig as { clusterSecurityGroupId: string };
    const { id } = await cloud.create(GROUP, { name: "database" });
    await cloud.create(RULE, {
      securityGroupId: id,
      ipProtocol: "tcp",
      referencedSecurityGroupId: clusterSecurityGroupId,
    });
  });

  it("may be created implicitly, as the security group of a cluster", async () => {
    const cloud = cloudWith("role");
    const cluster = await cloud.create(CLUSTER, { name: "c", roleArn: "role", vpcConfig: {} });
    const { clusterSecurityGroupId } = cluster.outputs.vpcConfig as Record<string, string>;
    const { id } = await cloud.create(GROUP, { name: "database" });
    const rule = {
      securityGroupId: id,
      ipProtocol: "tcp",
      referencedSecurityGroupId: clusterSecurityGroupId,
    };
    await cloud.create(RULE, rule);
    await cloud.delete(CLUSTER, cluster.id);
    await assert.rejects(
      cloud.create(RULE, { ...rule, fromPort: 5432 }),
      /referencedSecurityGroupId: there is no aws:ec2\/securityGroup:SecurityGroup/,
    );
  });

  it("cannot be deleted while the service refuses it because of a reference", async () => {
    const cloud = cloudWith();
    const role = await cloud.create(ROLE, { ...TRUST, name: "reader-1" });
    const policy = await cloud.create(POLICY, { ...READ, role: "reader-1" });
    await assert.rejects(cloud.delete(ROLE, role.id), {
      message:
        "DependencyViolation: aws:iam/role:Role 'reader-1' is in use by " +
        "aws:iam/rolePolicy:RolePolicy 'reader-1:read'",
    });
    await cloud.delete(POLICY, policy.id);
    await cloud.delete(ROLE, role.id);
    assert.deepEqual(cloud.store.all(), []);
  });

  it("is deleted with its parent, even where it also refers to it otherwise", async () => {
    const cloud = cloudWith("vpc-1");
    const { id } = await cloud.create(GROUP, { name: "database", vpcId: "vpc-1" });
    const rule = { securityGroupId: id, ipProtocol: "tcp", referencedSecurityGroupId: id };
    await cloud.create(RULE, rule);
    const other = await cloud.create(GROUP, { name: "other", vpcId: "vpc-1" });
    await cloud.create(RULE, { ...rule, securityGroupId: other.id, fromPort: 5432 });
    await assert.rejects(cloud.delete(GROUP, id), /in use by .*SecurityGroupIngressRule/);
    await cloud.delete(GROUP, other.id);
  });
});
