import * as assert from "node:assert/strict";
import { resourceModel } from "../../../../../preflight/simulation/models";
import { accountIn, type Properties } from "../../../../../preflight/simulation/models/model";

const outputsOf = (type: string, inputs: Properties): Properties | undefined =>
  resourceModel(type).computed?.({
    type,
    name: "orders",
    inputs,
    account: accountIn("eu-central-1"),
    identifier: (prefix, length = 17) => `${prefix}-${"0".repeat(length)}`,
    entropy: (bytes) => Buffer.alloc(bytes),
  });

const ARN = "arn:aws:rds:eu-central-1:123456789012";
const MANAGED = {
  kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:alias/aws/secretsmanager",
  secretStatus: "active",
};

describe("what RDS adds to", () => {
  it("a cluster: an address to write to, one to read from, and the engine's port", () => {
    const inputs = {
      clusterIdentifier: "orders",
      engine: "aurora-postgresql",
      engineVersion: "17.6",
    };
    assert.deepEqual(outputsOf("aws:rds/cluster:Cluster", inputs), {
      id: "orders",
      arn: `${ARN}:cluster:orders`,
      clusterResourceId: `cluster-${"0".repeat(26)}`,
      endpoint: `orders.cluster-c${"0".repeat(11)}.eu-central-1.rds.amazonaws.com`,
      readerEndpoint: `orders.cluster-ro-c${"0".repeat(11)}.eu-central-1.rds.amazonaws.com`,
      port: 5432,
      hostedZoneId: "Z1RLNUO7B9Q6NB",
      engineVersionActual: "17.6",
    });
    assert.deepEqual(
      [{ engine: "aurora-mysql" }, { port: 5433 }].map(
        (change) => outputsOf("aws:rds/cluster:Cluster", { ...inputs, ...change })?.port,
      ),
      [3306, 5433],
    );
  });

  it("a database whose master password it manages: a secret, under the key that was asked for", () => {
    const inputs = { identifier: "orders", manageMasterUserPassword: true };
    const secretArn = `arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!`;
    const suffix = `${"0".repeat(32)}-${"0".repeat(6)}`;
    assert.deepEqual(outputsOf("aws:rds/instance:Instance", inputs)?.masterUserSecrets, [
      { ...MANAGED, secretArn: `${secretArn}db-${suffix}` },
    ]);
    assert.deepEqual(
      outputsOf("aws:rds/cluster:Cluster", { ...inputs, masterUserSecretKmsKeyId: "key" })
        ?.masterUserSecrets,
      [{ ...MANAGED, kmsKeyId: "key", secretArn: `${secretArn}cluster-${suffix}` }],
    );
    assert.equal(outputsOf("aws:rds/instance:Instance", {})?.masterUserSecrets, undefined);
  });

  it("an instance of a cluster, a proxy and its target", () => {
    assert.deepEqual(outputsOf("aws:rds/clusterInstance:ClusterInstance", { identifier: "one" }), {
      id: "one",
      arn: `${ARN}:db:one`,
      dbiResourceId: `DB-${"0".repeat(26)}`,
      endpoint: `one.c${"0".repeat(11)}.eu-central-1.rds.amazonaws.com`,
      engineVersionActual: "",
    });
    assert.deepEqual(outputsOf("aws:rds/proxy:Proxy", { name: "pool" }), {
      id: "pool",
      arn: `${ARN}:db-proxy:prx-${"0".repeat(17)}`,
      endpoint: `pool.proxy-c${"0".repeat(11)}.eu-central-1.rds.amazonaws.com`,
    });
    const group = { dbProxyName: "pool", targetGroupName: "default" };
    assert.deepEqual(
      outputsOf("aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup", group)?.name,
      "default",
    );
    assert.deepEqual(
      [{ dbClusterIdentifier: "orders" }, { dbInstanceIdentifier: "one" }].map((target) =>
        outputsOf("aws:rds/proxyTarget:ProxyTarget", { ...group, ...target }),
      ),
      [
        {
          id: "pool/default/TRACKED_CLUSTER/orders",
          type: "TRACKED_CLUSTER",
          rdsResourceId: "orders",
        },
        { id: "pool/default/RDS_INSTANCE/one", type: "RDS_INSTANCE", rdsResourceId: "one" },
      ],
    );
  });

  it("a protected cluster: it refuses to delete it, and without a name for the last snapshot", () => {
    const model = resourceModel("aws:rds/cluster:Cluster");
    assert.deepEqual(
      [
        { deletionProtection: true, skipFinalSnapshot: true },
        {},
        { finalSnapshotIdentifier: "orders-final" },
      ].map((inputs) => model.deletionBlockers?.(inputs)),
      [
        [
          "InvalidParameterCombination: Cannot delete protected Cluster, please disable deletion protection and try again.",
        ],
        ["finalSnapshotIdentifier is required when skipFinalSnapshot is false"],
        [],
      ],
    );
  });
});
