import * as assert from "node:assert/strict";
import { addonsOf, mayHaveAddon } from "../../../../preflight/doctor/facts/addons";
import { autoscalerOf, autoscalersOf } from "../../../../preflight/doctor/facts/autoscalers";
import { unreadOf } from "../../../../preflight/doctor/facts/charts";
import { Clusters } from "../../../../preflight/doctor/facts/location";
import { References } from "../../../../preflight/doctor/facts/references";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { type Declared, registered } from "./registered";

const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const ADDON = "aws:eks/addon:Addon";
const COMPONENT = "eks:index:Addon";

describe("the autoscalers of a program", () => {
  const autoscalers = async (spec: unknown, type = AUTOSCALER) => {
    const registrations = await registered([type, "autoscaler", { spec }]);
    return autoscalersOf(registrations, new Clusters(registrations));
  };

  it("scale a target, from one pod upwards unless they say otherwise", async () => {
    const of = async (spec: unknown) =>
      (await autoscalers(spec)).map(({ target, min, max }) => ({ target, min, max }));
    const scaleTargetRef = { kind: "Deployment", name: "orders" };
    assert.deepEqual(await of({ scaleTargetRef, minReplicas: 2, maxReplicas: 5 }), [
      { target: scaleTargetRef, min: 2, max: 5 },
    ]);
    assert.deepEqual(await of({ scaleTargetRef: { kind: "Deployment" } }), [
      { target: undefined, min: 1, max: undefined },
    ]);
    assert.deepEqual(await of({ scaleTargetRef: { name: "orders" }, minReplicas: UNKNOWN }), [
      { target: undefined, min: undefined, max: undefined },
    ]);
    assert.deepEqual(await of(UNKNOWN), [{ target: undefined, min: 1, max: undefined }]);
    assert.deepEqual(await autoscalers({}, "kubernetes:apps/v1:Deployment"), []);
    assert.deepEqual(await autoscalers({}, `${AUTOSCALER}Patch`), []);
  });

  it("are found by what they scale, in its own place", async () => {
    const found = await autoscalers({ scaleTargetRef: { kind: "Deployment", name: "orders" } });
    const workload = { cluster: 0, namespace: "default", kind: "Deployment", name: "orders" };
    const scales = (more: object) =>
      autoscalerOf({ ...workload, urn: "", label: "", ...more }, found) !== undefined;
    assert.equal(scales({}), true);
    for (const other of [
      { cluster: 1 },
      { namespace: "shop" },
      { kind: "StatefulSet" },
      { name: "stock" },
    ]) {
      assert.equal(scales(other), false, JSON.stringify(other));
    }
    const nothing = await autoscalers({});
    assert.equal(autoscalerOf({ ...workload, urn: "", label: "" }, nothing), undefined);
  });
});

describe("the add-ons of a program", () => {
  async function addons(...resources: readonly Declared[]) {
    const registrations = await registered(...resources);
    const clusters = new Clusters(registrations);
    return addonsOf(registrations, clusters, new References(registrations)).map(
      ({ urn, ...addon }) => ({ ...addon, urn: urn.split("::").at(-1) }),
    );
  }

  it("are of a cluster, by its name or as the component has it", async () => {
    const common = {
      ...{ urn: "addon", name: "addon", cluster: 0, addonName: "vpc-cni" },
      ...{ version: undefined, configuration: {}, isMalformed: false },
    };
    assert.deepEqual(await addons([ADDON, "addon", { addonName: "vpc-cni", clusterName: "c" }]), [
      common,
    ]);
    assert.deepEqual(
      await addons([COMPONENT, "addon", { addonName: "vpc-cni", configurationValues: { a: 1 } }]),
      [{ ...common, configuration: { a: 1 } }],
    );
    assert.deepEqual(await addons([ADDON, "addon", { addonName: UNKNOWN, addonVersion: "v1" }]), [
      { ...common, addonName: undefined, version: "v1" },
    ]);
    assert.deepEqual(await addons(["aws:eks/cluster:Cluster", "addon", {}]), []);
  });

  it("of the component are told once, by what is inside of it where the engine says", async () => {
    const registrations = await registered([COMPONENT, "outer", {}], [ADDON, "inner", {}]);
    const [outer, inner] = registrations;
    assert.ok(outer !== undefined && inner !== undefined);
    const names = (parent: string | undefined) => {
      const all = [outer, { ...inner, parent }];
      return addonsOf(all, new Clusters(all), new References(all)).map(({ name }) => name);
    };
    assert.deepEqual(names(outer.urn), ["inner"]);
    assert.deepEqual(names(undefined), ["outer", "inner"]);
  });

  it("are configured by JSON or YAML", async () => {
    const configured = async (configurationValues: unknown) => {
      const [found] = await addons([ADDON, "addon", { configurationValues }]);
      return [found?.configuration, found?.isMalformed];
    };
    assert.deepEqual(await configured('{"a": 1}'), [{ a: 1 }, false]);
    assert.deepEqual(await configured("a: 1"), [{ a: 1 }, false]);
    assert.deepEqual(await configured(""), [{}, false]);
    assert.deepEqual(await configured(undefined), [{}, false]);
    assert.deepEqual(await configured("{"), [undefined, true]);
    assert.deepEqual(await configured(`{"a": ${HOLE}`), [undefined, false]);
  });

  it("may be that which is asked for where their name is not known", async () => {
    const found = async (addonName: unknown, cluster = 0) =>
      mayHaveAddon(
        addonsOf(
          await registered([ADDON, "addon", { addonName }]),
          new Clusters([]),
          new References([]),
        ),
        cluster,
        "vpc-cni",
      );
    assert.equal(await found("vpc-cni"), true);
    assert.equal(await found(UNKNOWN), true);
    assert.equal(await found("coredns"), false);
    assert.equal(await found("vpc-cni", 1), false);
  });
});

describe("what is not at hand", () => {
  const unread = async (type: string, properties: object = {}) =>
    unreadOf(await registered([type, "resource", properties])).map(({ name, what }) => {
      assert.equal(name, "resource");
      return what;
    });

  it("is what Argo CD, Flux or k3s deploys", async () => {
    for (const type of [
      "kubernetes:argoproj.io/v1alpha1:Application",
      "kubernetes:argoproj.io/v1alpha1:ApplicationSet",
      "kubernetes:kustomize.toolkit.fluxcd.io/v1:Kustomization",
      "kubernetes:helm.toolkit.fluxcd.io/v2:HelmRelease",
      "kubernetes:helm.cattle.io/v1:HelmChart",
    ]) {
      assert.deepEqual(await unread(type), ["what is behind the source"], type);
      assert.deepEqual(await unread(`${type}Patch`), [], type);
      assert.deepEqual(await unread(`a-${type}`), [], type);
    }
    assert.deepEqual(await unread("kubernetes:argoproj.io/v1alpha1:Rollout"), []);
  });

  it("is what a command may deploy", async () => {
    const what = ["what is deployed by the command"];
    const command = "command:local:Command";
    for (const create of [
      "kubectl apply -f x.yaml",
      "cd x && helm install y",
      "eksctl create addon",
      "kustomize build .",
      "aws  eks create-addon",
    ]) {
      assert.deepEqual(await unread(command, { create }), what, create);
      assert.deepEqual(await unread(command, { update: create }), what, create);
    }
    assert.deepEqual(await unread("command:remote:Command", { create: "helm list" }), what);
    for (const create of ["echo", "mykubectl", "kubectls", "aws s3 ls eks", "aws-eks", UNKNOWN]) {
      assert.deepEqual(await unread(command, { create }), [], create);
    }
    assert.deepEqual(await unread("command:index:Command", { create: "helm list" }), []);
    assert.deepEqual(await unread(`${command}s`, { create: "helm list" }), []);
    assert.deepEqual(await unread(command), []);
  });
});
