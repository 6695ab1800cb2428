import * as assert from "node:assert/strict";
import {
  Clusters,
  kubernetesObjectsOf,
  LATE_NAMESPACE,
  ObjectIndex,
  objectOf,
  opened,
  openedWithHoles,
  patchesOf,
  providerUrn,
  readObjectsOf,
} from "../../../../preflight/doctor/facts/location";
import type { ReadResource } from "../../../../preflight/simulation/mocks/run";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { type Declared, declaredFrom, type Origins } from "./registered";

const PROVIDER = "pulumi:providers:kubernetes";
const POD = "kubernetes:core/v1:Pod";

type Placed = readonly [...Declared, provider: string];

/** Resources with the providers that each of them names. */
async function placed(
  origins: Origins,
  providers: readonly (readonly [name: string, properties: object])[],
  ...resources: readonly Placed[]
) {
  const declared = await declaredFrom(
    origins,
    ...providers.map(([name, properties]): Declared => [PROVIDER, name, properties]),
    ...resources.map(([type, name, properties]): Declared => [type, name, properties]),
  );
  const urnOf = (provider: string) => declared.find(({ name }) => name === provider)?.urn;
  return declared.map((each, index) => {
    const [, , , provider = ""] = resources[index - providers.length] ?? [];
    return { ...each, provider: provider === "" ? "" : `${urnOf(provider) ?? provider}::id` };
  });
}

const pods = (...providers: readonly string[]): readonly Placed[] =>
  providers.map((provider, index) => [POD, `pod-${index}`, {}, provider]);

async function numbers(
  providers: readonly (readonly [name: string, properties: object])[],
  of: readonly string[],
  origins: Origins = {},
) {
  const registrations = await placed(origins, providers, ...pods(...of));
  const clusters = new Clusters(registrations);
  return registrations.slice(providers.length).map((each) => clusters.numberOf(each));
}

describe("the clusters of a program", () => {
  it("are told apart by their providers", async () => {
    const named = (clusterIdentifier: string) => ({ clusterIdentifier, kubeconfig: UNKNOWN });
    assert.deepEqual(
      await numbers(
        [
          ["a", named("one")],
          ["b", named("two")],
          ["c", named("one")],
        ],
        ["a", "b", "c", "", "elsewhere"],
      ),
      [0, 1, 0, 2, 2],
    );
  });

  it("are those of a kubeconfig or a context", async () => {
    const config = (cluster: string) => ({ kubeconfig: { cluster } });
    assert.deepEqual(
      await numbers(
        [
          ["a", config("one")],
          ["b", config("two")],
          ["c", config("one")],
          ["d", { context: "one" }],
          ["e", { context: "one" }],
          ["f", {}],
          ["g", {}],
        ],
        ["a", "b", "c", "d", "e", "f", "g"],
      ),
      [0, 1, 0, 2, 2, 3, 4],
    );
  });

  it("are those that an unknown kubeconfig comes from", async () => {
    const late = { kubeconfig: UNKNOWN };
    assert.deepEqual(
      await numbers(
        [
          ["cluster", {}],
          ["other", {}],
          ["a", late],
          ["b", late],
          ["c", late],
          ["d", late],
          ["e", late],
        ],
        ["a", "b", "c", "d", "e"],
        {
          a: { kubeconfig: ["cluster"] },
          b: { kubeconfig: ["cluster"] },
          c: { kubeconfig: ["other"] },
        },
      ),
      [0, 0, 1, 2, 3],
    );
  });

  it("have names on EKS where their providers say so; a single cluster has any", async () => {
    const one = [["a", { clusterIdentifier: "one" }]] as const;
    const registrations = await placed({}, one, ...pods("a", ""));
    const clusters = new Clusters(registrations);
    assert.deepEqual([clusters.isNamed(0), clusters.isNamed(1)], [true, false]);
    assert.deepEqual([clusters.numberOfName("one"), clusters.numberOfName("two")], [0, 2]);
    const unnamed = new Clusters(await placed({}, [], ...pods("")));
    assert.deepEqual([unnamed.numberOfName("any"), unnamed.isNamed(0)], [0, false]);
    const none = new Clusters([]);
    assert.equal(none.numberOfName("any"), 0);
    const two = new Clusters(await placed({}, [["a", {}]], ...pods("", "a")));
    assert.equal(two.numberOfName("any"), 2);
  });

  it("have the namespaces of their providers", async () => {
    const registrations = await placed(
      {},
      [
        ["a", { namespace: "shop" }],
        ["b", { namespace: UNKNOWN }],
      ],
      ...pods("a", "b", ""),
    );
    const of = (namespace?: string) => {
      const clusters = new Clusters(registrations, namespace);
      return registrations.slice(2).map((each) => clusters.namespaceOf(each));
    };
    assert.deepEqual(of(), ["shop", "default", "default"]);
    assert.deepEqual(of("configured"), ["shop", "default", "configured"]);
  });
});

describe("Kubernetes objects", () => {
  const one = async (type: string, name: string, properties: object) => {
    const registrations = await placed({}, [], [type, name, properties, ""]);
    const clusters = new Clusters(registrations);
    return { registrations, clusters };
  };
  const label = async (metadata: object) => {
    const { registrations, clusters } = await one(POD, "pod", { metadata });
    const [pod] = registrations;
    assert.ok(pod !== undefined);
    const { urn, ...object } = objectOf(pod, opened(pod), clusters);
    assert.equal(urn, pod.urn);
    return object;
  };

  it("are where and what their metadata say", async () => {
    assert.deepEqual(await label({ name: "app", namespace: "shop" }), {
      ...{ kind: "Pod", cluster: 0, namespace: "shop", name: "app", label: "Pod shop/app" },
    });
    assert.deepEqual(await label({}), {
      ...{ kind: "Pod", cluster: 0, namespace: "default", name: "pod", label: "Pod default/pod" },
    });
    assert.deepEqual(await label({ name: UNKNOWN, namespace: `${HOLE}-x` }), {
      ...{ kind: "Pod", cluster: 0, name: "pod" },
      ...{ namespace: LATE_NAMESPACE, label: `Pod ${LATE_NAMESPACE}/pod` },
    });
  });

  it("are found by their place; what is in an unknown namespace may be in any", () => {
    const object = (namespace: string, name = "app", cluster = 0) => ({
      ...{ urn: `${cluster}/${namespace}/${name}`, kind: "Pod", label: "" },
      ...{ cluster, namespace, name },
    });
    const index = new ObjectIndex([object("shop"), object(LATE_NAMESPACE, "late")]);
    const find = (namespace: string, name: string, cluster = 0) =>
      index.find({ cluster, namespace }, name)?.urn;
    assert.equal(find("shop", "app"), "0/shop/app");
    assert.equal(find("other", "app"), undefined);
    assert.equal(find("shop", "app", 1), undefined);
    assert.equal(find("shop", "other"), undefined);
    assert.equal(find(LATE_NAMESPACE, "app"), "0/shop/app");
    assert.equal(find(LATE_NAMESPACE, "app", 1), undefined);
    assert.equal(find("shop", "late"), `0/${LATE_NAMESPACE}/late`);
    assert.equal(find("shop", "late", 1), undefined);
  });

  it("have names of the program's choice, but for charts, files, patches, lists and components", async () => {
    const names = async (type: string, metadata: object = { name: "app" }, custom = true) => {
      const { registrations, clusters } = await one(type, "resource", { metadata });
      return kubernetesObjectsOf(
        registrations.map((each) => ({ ...each, custom })),
        clusters,
      ).map(({ group, resource, label: of }) => [group, resource, of]);
    };
    assert.deepEqual(await names(POD), [["core", "resource", "Pod default/app"]]);
    assert.deepEqual(await names("kubernetes:apps/v1:Deployment"), [
      ["apps", "resource", "Deployment default/app"],
    ]);
    assert.deepEqual(await names("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole"), [
      ["rbac.authorization.k8s.io", "resource", "ClusterRole default/app"],
    ]);
    for (const type of [
      "kubernetes:helm.sh/v3:Release",
      "kubernetes:yaml/v2:ConfigFile",
      "kubernetes:kustomize/v2:Directory",
      "kubernetes:core/v1:PodPatch",
      "kubernetes:core/v1:PodList",
      "aws:iam/role:Role",
      "a-kubernetes:core/v1:Pod",
    ]) {
      assert.deepEqual(await names(type), [], type);
    }
    assert.equal((await names("kubernetes:core/v1:PodPatcher")).length, 1);
    assert.deepEqual(await names(POD, {}), []);
    assert.deepEqual(await names(POD, { name: UNKNOWN }), []);
    assert.deepEqual(await names(POD, { name: "app", namespace: UNKNOWN }), []);
    assert.deepEqual(await names(POD, { name: "app" }, false), []);
    // What is secret is a name all the same.
    const secret = wrapSecret({ name: "app" }) as object;
    assert.equal((await names(POD, secret)).length, 1);
  });

  it("are patched by what ends so", async () => {
    const patches = async (type: string) => {
      const { registrations, clusters } = await one(type, "resource", { metadata: { name: "a" } });
      return patchesOf(registrations, clusters).map((each) => each.label);
    };
    assert.deepEqual(await patches("kubernetes:core/v1:ServiceAccountPatch"), [
      "ServiceAccountPatch default/a",
    ]);
    assert.deepEqual(await patches(POD), []);
    assert.deepEqual(await patches("kubernetes:core/v1:PatchPod"), []);
    assert.deepEqual(await patches("aws:ssm/patch:Patch"), []);
  });

  it("are read by their namespace and name", () => {
    const read = (id: string, type = POD): ReadResource => ({
      ...{ urn: "urn", type, name: "resource", provider: "", id },
    });
    const found = (...reads: readonly ReadResource[]) =>
      readObjectsOf(reads, new Clusters([], "configured"));
    assert.deepEqual(found(read("shop/app")), [
      {
        ...{ urn: "urn", kind: "Pod", cluster: 0 },
        ...{ namespace: "shop", name: "app", label: "Pod shop/app" },
      },
    ]);
    assert.deepEqual(
      found(read("app")).map(({ label: of }) => of),
      ["Pod configured/app"],
    );
    assert.deepEqual(found(read(UNKNOWN), read("app", "aws:iam/role:Role")), []);
  });
});

describe("what a resource holds", () => {
  it("is opened, and unknown where it is made of something unknown", () => {
    const outputs = { secret: wrapSecret("x"), text: `a-${HOLE}`, list: [wrapSecret(1)] };
    assert.deepEqual(opened({ outputs }), { secret: "x", text: UNKNOWN, list: [1] });
    assert.deepEqual(openedWithHoles({ outputs } as never), {
      ...{ secret: "x", text: `a-${HOLE}`, list: [1] },
    });
  });

  it("has a provider by its URN and id", () => {
    assert.equal(providerUrn("urn:pulumi:a::b::c::d::id"), "urn:pulumi:a::b::c::d");
    assert.equal(providerUrn(""), "");
  });
});
