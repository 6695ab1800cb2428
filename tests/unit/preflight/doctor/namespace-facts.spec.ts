import * as assert from "node:assert/strict";
import { eksClustersOf } from "../../../../preflight/doctor/facts/eks";
import { Clusters } from "../../../../preflight/doctor/facts/location";
import { missingNamespaces } from "../../../../preflight/doctor/facts/namespaces";
import type { Registration } from "../../../../preflight/simulation/mocks/run";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { type Declared, registered, registeredWith } from "./registered";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const CLUSTER: Declared = ["aws:eks/cluster:Cluster", "cluster", { name: "prod" }];
const NEW = "nothing in this program makes it in the new cluster prod";

async function missing(
  resources: readonly Declared[],
  { mayHoldMore = false, custom = true }: { mayHoldMore?: boolean; custom?: boolean } = {},
) {
  const registrations = (await registered(...resources)).map((each) => ({ ...each, custom }));
  const clusters = new Clusters(registrations);
  const eksClusters = eksClustersOf(registrations, clusters);
  return missingNamespaces(registrations, {
    ...{ clusters, eksClusters, mayHoldMore: () => mayHoldMore },
  }).map(({ namespace, objects, because }) => [
    ...[namespace, objects.map(({ label }) => label).join(", "), because],
  ]);
}

const pod = (namespace: unknown, name = "pod", type = "kubernetes:core/v1:Pod"): Declared => [
  type,
  name,
  { metadata: { name, namespace } },
];
const shop = [["shop", "Pod shop/pod", NEW]];

describe("the namespaces that nobody makes", () => {
  it("are those of objects in a cluster that the program makes, and that has four of its own", async () => {
    assert.deepEqual(await missing([CLUSTER, pod("shop")]), shop);
    for (const own of ["default", "kube-node-lease", "kube-public", "kube-system", undefined]) {
      assert.deepEqual(await missing([CLUSTER, pod(own)]), [], own);
    }
    assert.deepEqual(await missing([CLUSTER, pod(UNKNOWN)]), []);
    // A cluster from elsewhere has namespaces from elsewhere, and what was not read may make some.
    assert.deepEqual(await missing([pod("shop")]), []);
    assert.deepEqual(await missing([CLUSTER, pod("shop")], { mayHoldMore: true }), []);
    assert.deepEqual(await missing([CLUSTER, pod("shop")], { custom: false }), []);
  });

  it("hold what is in them by name, each namespace once", async () => {
    assert.deepEqual(
      await missing([CLUSTER, pod("shop", "z"), pod("stock", "b"), pod("shop", "a")]),
      [
        ["shop", "Pod shop/a, Pod shop/z", NEW],
        ["stock", "Pod stock/b", NEW],
      ],
    );
  });

  it("are asked for by what a chain is made of", async () => {
    for (const type of [
      "kubernetes:apps/v1:Deployment",
      "kubernetes:batch/v1:CronJob",
      "kubernetes:core/v1:ServiceAccount",
      "kubernetes:core/v1:Secret",
      "kubernetes:core/v1:ConfigMap",
      "kubernetes:core/v1:Service",
      "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass",
    ]) {
      assert.equal((await missing([CLUSTER, pod("shop", "x", type)])).length, 1, type);
    }
    for (const type of [
      "kubernetes:core/v1:PodTemplate",
      "kubernetes:core/v1:PersistentVolume",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
      "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClassPatch",
      "a-kubernetes:apps/v1:Deployment",
    ]) {
      assert.deepEqual(await missing([CLUSTER, pod("shop", "x", type)]), [], type);
    }
  });

  it("are none that a Namespace or a release of the program makes", async () => {
    const made = async (...declared: Declared) =>
      (await missing([CLUSTER, declared, pod("shop")])).length === 0;
    assert.equal(await made(NAMESPACE, "n", { metadata: { name: "shop" } }), true);
    assert.equal(await made(NAMESPACE, "n", { metadata: { name: "stock" } }), false);
    assert.equal(await made(`${NAMESPACE}List`, "n", { metadata: { name: "shop" } }), false);
    const inShop = { namespace: "shop", createNamespace: true };
    assert.equal(await made(RELEASE, "r", inShop), true);
    assert.equal(await made(RELEASE, "r", { ...inShop, createNamespace: false }), false);
    assert.equal(await made(RELEASE, "r", { namespace: "shop" }), false);
    assert.equal(await made("kubernetes:helm.sh/v4:Chart", "r", inShop), false);
    assert.equal(await made("kubernetes:helm.sh/v3:ReleaseX", "r", inShop), false);
    assert.equal(await made(RELEASE, "r", { ...inShop, namespace: "stock" }), false);
    assert.equal(await made(RELEASE, "r", { name: "shop", createNamespace: true }), false);
  });

  it("are called otherwise where a Namespace of that name gets a random end, in any cluster", async () => {
    const generated = (inputs: Registration["inputs"], type = NAMESPACE) =>
      registeredWith(
        [type, "shop", {}, { inputs, outputs: { metadata: { name: "shop-1a2b" } } }],
        pod("shop"),
      );
    const told = async (...given: Parameters<typeof generated>) => {
      const registrations = await generated(...given);
      return missingNamespaces(registrations, {
        clusters: new Clusters(registrations),
        ...{ eksClusters: [], mayHoldMore: () => true },
      }).map(({ because }) => because);
    };
    const twin = ['the Namespace "shop" of the program is called shop-1a2b'];
    assert.deepEqual(await told({}), twin);
    assert.deepEqual(await told({ metadata: { labels: {} } }), twin);
    assert.deepEqual(await told({ metadata: { name: "given" } }), []);
    assert.deepEqual(await told({}, "kubernetes:core/v1:Node"), []);
  });
});
