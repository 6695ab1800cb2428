import * as assert from "node:assert/strict";
import {
  clusterIssuersOf,
  eksClustersOf,
  fargateSelectorsOf,
} from "../../../../preflight/doctor/facts/eks";
import { Clusters } from "../../../../preflight/doctor/facts/location";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { type Declared, registered } from "./registered";

const RAW = "aws:eks/cluster:Cluster";
const COMPONENT = "eks:index:Cluster";
const PROFILE = "aws:eks/fargateProfile:FargateProfile";
const POD = "kubernetes:core/v1:Pod";

const clustersOf = async (...resources: readonly Declared[]) => {
  const registrations = await registered(...resources);
  return eksClustersOf(registrations, new Clusters(registrations)).map(
    ({ name, version, isOpenToTheWorld, mayBeInAutoMode }) => ({
      ...{ name, version, isOpenToTheWorld, mayBeInAutoMode },
    }),
  );
};

describe("the EKS clusters of a program", () => {
  it("are those that it makes itself or by pulumi-eks, under their names on EKS", async () => {
    const common = { version: undefined, isOpenToTheWorld: true, mayBeInAutoMode: false };
    assert.deepEqual(
      await clustersOf(
        [RAW, "raw", { name: "main", version: "1.35", eksCluster: { name: "another" } }],
        [RAW, "unnamed"],
        [COMPONENT, "component", { eksCluster: { name: "shop" }, name: "another" }],
        [COMPONENT, "unnamed-component"],
        [POD, "a-pod", { name: "pod" }],
      ),
      [
        { ...common, name: "main", version: "1.35" },
        { ...common, name: "unnamed" },
        { ...common, name: "shop" },
        { ...common, name: "unnamed-component" },
      ],
    );
  });

  it("can be reached by any address unless they say otherwise", async () => {
    const open = async (config: unknown) => {
      const { endpointPublicAccess, publicAccessCidrs } = Object(config) as Json;
      const [raw, component] = await clustersOf(
        [RAW, "raw", { vpcConfig: config }],
        [COMPONENT, "component", { endpointPublicAccess, publicAccessCidrs }],
      );
      if (config !== UNKNOWN) assert.equal(component?.isOpenToTheWorld, raw?.isOpenToTheWorld);
      return raw?.isOpenToTheWorld;
    };
    assert.deepEqual(
      await Promise.all(
        [
          {},
          { publicAccessCidrs: [] },
          { publicAccessCidrs: ["10.0.0.0/8", "0.0.0.0/0"] },
          { endpointPublicAccess: true, publicAccessCidrs: ["::/0"] },
          { publicAccessCidrs: ["10.0.0.0/0", "10.0.0.0/8", "0.0.0.0/01", "2001::/0"] },
          { endpointPublicAccess: false, publicAccessCidrs: ["0.0.0.0/0"] },
          { endpointPublicAccess: false, publicAccessCidrs: UNKNOWN },
          { endpointPublicAccess: UNKNOWN, publicAccessCidrs: ["0.0.0.0/0"] },
          { endpointPublicAccess: UNKNOWN },
          { publicAccessCidrs: UNKNOWN },
          UNKNOWN,
        ].map(open),
      ),
      [true, true, true, true, false, false, false, undefined, undefined, undefined, undefined],
    );
  });

  it("are not known to be open where a component's own part tells it", async () => {
    const registrations = await registered([COMPONENT, "shop"], [RAW, "shop-eksCluster"]);
    const [component, raw] = registrations;
    assert.ok(component && raw);
    const inside = [component, { ...raw, parent: component.urn }];
    assert.deepEqual(
      eksClustersOf(inside, new Clusters(inside)).map(({ urn, isOpenToTheWorld }) => [
        urn,
        isOpenToTheWorld,
      ]),
      [
        [component.urn, undefined],
        [raw.urn, true],
      ],
    );
  });

  it("may have a load balancer controller of their own by Auto Mode", async () => {
    const balance = async (properties: object) =>
      (await clustersOf([RAW, "main", properties]))[0]?.mayBeInAutoMode;
    const network = (elasticLoadBalancing: unknown) => ({
      kubernetesNetworkConfig: { elasticLoadBalancing },
    });
    for (const on of [
      { autoMode: { enabled: true } },
      { autoMode: { enabled: UNKNOWN } },
      { autoMode: true },
      { autoMode: UNKNOWN },
      network({ enabled: true }),
      network({ enabled: UNKNOWN }),
      network(UNKNOWN),
      { kubernetesNetworkConfig: UNKNOWN },
    ]) {
      assert.equal(await balance(on), true, JSON.stringify(on));
    }
    for (const off of [{}, { autoMode: { enabled: false } }, network({ enabled: false })]) {
      assert.equal(await balance(off), false, JSON.stringify(off));
    }
  });

  it("bring identity providers only by pulumi-eks", async () => {
    const arn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks";
    assert.deepEqual(
      clusterIssuersOf(
        await registered(
          [COMPONENT, "shop", { oidcProviderArn: arn }],
          [COMPONENT, "without"],
          [RAW, "main", { oidcProviderArn: "of no cluster" }],
        ),
      ),
      [arn],
    );
  });
});

describe("what EKS runs on Fargate", () => {
  const selected = async (...resources: readonly Declared[]) => {
    const registrations = await registered(...resources);
    return fargateSelectorsOf(registrations, new Clusters(registrations)).map(
      ({ urn, name, namespace, labels }) => {
        assert.equal(urn, registrations.find((each) => each.name === name)?.urn);
        return [name, namespace, labels];
      },
    );
  };

  it("is what a profile selects, by namespace and labels", async () => {
    const selectors = [{ namespace: "shop", labels: { tier: "web", of: 5 } }, { labels: {} }];
    assert.deepEqual(
      await selected(
        [PROFILE, "web", { clusterName: "main", selectors }],
        [PROFILE, "empty"],
        [POD, "a-pod", { selectors }],
      ),
      [
        ["web", "shop", { tier: "web", of: "" }],
        ["web", "", {}],
      ],
    );
  });

  it("is two namespaces of a cluster of pulumi-eks that has it, or what that selects", async () => {
    assert.deepEqual(
      await selected(
        [COMPONENT, "all", { fargate: true }],
        [COMPONENT, "some", { fargate: { selectors: [{ namespace: "shop" }] } }],
        [COMPONENT, "off", { fargate: false }],
        [COMPONENT, "none"],
        [RAW, "raw", { fargate: true }],
      ),
      [
        ["all", "default", {}],
        ["all", "kube-system", {}],
        ["some", "shop", {}],
      ],
    );
  });

  it("belongs to the cluster that is named", async () => {
    const registrations = await registered(
      ["pulumi:providers:kubernetes", "first", { clusterIdentifier: "main" }],
      ["pulumi:providers:kubernetes", "second", { clusterIdentifier: "shop" }],
      [PROFILE, "profile", { clusterName: "shop", selectors: [{ namespace: "a" }] }],
      [COMPONENT, "component", { eksCluster: { name: "main" }, fargate: true }],
    );
    const clusters = new Clusters(registrations);
    const [main, shop] = ["main", "shop"].map((name) => clusters.numberOfName(name));
    assert.notEqual(main, shop);
    assert.deepEqual(
      fargateSelectorsOf(registrations, clusters).map(({ cluster }) => cluster),
      [shop, main, main],
    );
  });
});

type Json = Readonly<Record<string, unknown>>;
