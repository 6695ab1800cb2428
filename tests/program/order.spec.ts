import * as assert from "node:assert/strict";
import type { Registration } from "../../preflight/simulation/mocks/run";
import { namesBefore } from "./dependencies";
import { runProgram } from "./program";

const CLUSTER = ["cluster", "cluster-eks", "cluster-kubernetes", "cluster-nodes"];

describe("the order in which a new stack is made", () => {
  let registrations: readonly Registration[];
  before(async () => {
    ({ registrations } = await runProgram("dev"));
  });
  const beforeIt = (name: string) => namesBefore(registrations, name);

  it("makes the database without waiting for the cluster, and the cluster without the database", () => {
    assert.deepEqual(beforeIt("orders-instance"), [
      "network",
      "network-database-1",
      "network-database-2",
      "network-vpc",
      "orders",
      "orders-parameters",
      "orders-password",
      "orders-postgresql-log",
      "orders-security-group",
      "orders-subnets",
      "orders-suffix",
      "orders-upgrade-log",
    ]);
    assert.deepEqual(beforeIt("cluster-eks"), [
      "cluster",
      "network",
      "network-private-1",
      "network-private-2",
      "network-vpc",
    ]);
  });

  it("writes the secret without waiting for the cluster", () => {
    assert.deepEqual(
      beforeIt("orders-connection-value").filter((name) => CLUSTER.includes(name)),
      [],
    );
  });

  it("opens the database to the cluster once both groups exist", () => {
    const found = beforeIt("orders-from-cluster");
    assert.ok(found.includes("cluster-eks") && found.includes("orders-security-group"));
    assert.ok(!found.includes("orders-instance"));
  });

  it("starts the nodes once they may join and reach what they need", () => {
    const found = beforeIt("cluster-nodes");
    for (const name of [
      "cluster-eks",
      "cluster-nodes-AmazonEC2ContainerRegistryPullOnly",
      "cluster-nodes-AmazonEKSWorkerNodePolicy",
      "cluster-nodes-AmazonEKS_CNI_Policy",
      "network-nat-1",
      "network-private-1-association",
      "network-private-1-nat",
      "network-private-2-association",
      "network-private-2-nat",
      "network-public-internet",
    ]) {
      assert.ok(found.includes(name), name);
    }
  });

  it("calls Kubernetes once nodes and Pod Identity agent are there", () => {
    const found = beforeIt("secrets-release");
    for (const name of [...CLUSTER, "cluster-pod-identity-agent"]) {
      assert.ok(found.includes(name), name);
    }
  });

  it("makes the SecretProviderClass after the driver, and after the secret holds its value", () => {
    const found = beforeIt("orders-secrets");
    for (const name of ["secrets-release", "orders-connection-value", "orders-namespace"]) {
      assert.ok(found.includes(name), name);
    }
  });

  it("starts the pods last: after class, rights, bundle, and all of the database", () => {
    const found = beforeIt("orders-deployment");
    for (const name of [
      "secrets-release",
      "orders-secrets",
      "orders-read-secrets",
      "orders-pod-identity",
      "orders-rds-ca",
      "orders-from-cluster",
      "orders-instance",
    ]) {
      assert.ok(found.includes(name), name);
    }
    const later = registrations
      .filter(({ name }) => !found.includes(name) && name !== "orders-deployment")
      .map(({ name }) => name)
      .sort();
    // Nothing of the app is left: the second public subnet is for load balancers alone.
    assert.deepEqual(later, [
      "network-public-1-association",
      "network-public-2",
      "network-public-2-association",
    ]);
  });
});
