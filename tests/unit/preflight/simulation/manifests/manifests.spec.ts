import * as assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { decodeManifest } from "../../../../../preflight/simulation/manifests/decode";
import { filesMatching } from "../../../../../preflight/simulation/manifests/files";
import { recordOf } from "../../../../../preflight/simulation/wire/values";
import { evaluate } from "../../../../../preflight/simulation/mocks/run";

const CLASS = `
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: { name: orders }
spec: { provider: aws }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: orders, namespace: shop }
`;
const TYPES = [
  ["kubernetes:core/v1:ServiceAccount", "orders", "shop"],
  ["kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass", "orders", undefined],
];

describe("manifests in YAML", () => {
  let folder: string;
  const put = (name: string, text: string): string => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "manifests-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const evaluated = async (program: () => unknown) => {
    const { registrations } = await evaluate(program, { unknown: "echo" });
    const objects = registrations.filter(({ custom }) => custom);
    const unread = registrations.flatMap((each) => each.unread ?? []);
    return {
      unread,
      registrations,
      objects: objects
        .map(({ type, outputs }) => {
          const { name, namespace } = recordOf(outputs.metadata);
          return [type, name, namespace];
        })
        .sort(),
    };
  };

  it("are objects of the program, in every form of version 1 and 2", async () => {
    const file = put("app.yaml", CLASS);
    const { yaml } = kubernetes;
    const forms: readonly (() => unknown)[] = [
      () => new yaml.ConfigFile("x", { file }),
      () => new yaml.ConfigGroup("x", { yaml: CLASS }),
      () => new yaml.ConfigGroup("x", { files: [join(folder, "*.yaml")] }),
      () => new yaml.v2.ConfigFile("x", { file }),
      () => new yaml.v2.ConfigGroup("x", { yaml: CLASS }),
      () => new yaml.v2.ConfigGroup("x", { files: [join(folder, "*.yaml")] }),
      () => new yaml.v2.ConfigGroup("x", { objs: [...decodeManifest(CLASS)] }),
    ];
    for (const form of forms) {
      const { objects, unread } = await evaluated(() => void form());
      assert.deepEqual([objects, unread], [TYPES, []], String(form));
    }
  });

  it("are read but for the parts that are unknown", async () => {
    const { registrations } = await evaluated(() => {
      const { status } = new kubernetes.core.v1.Service("s", {});
      const address = status.loadBalancer.ingress[0]?.hostname;
      const text = pulumi.interpolate`{ apiVersion: v1, kind: ConfigMap, metadata: { name: "x-${address}" } }`;
      new kubernetes.yaml.v2.ConfigGroup("x", { yaml: text });
    });
    const map = registrations.find(({ type }) => type.endsWith(":ConfigMap"));
    assert.equal(map?.parent, registrations.find(({ name }) => name === "x")?.urn);
  });

  it("that are not at hand are named", async () => {
    const { objects, unread } = await evaluated(() => {
      new kubernetes.yaml.v2.ConfigFile("a", { file: "https://example.com/app.yaml" });
      new kubernetes.yaml.v2.ConfigFile("b", { file: join(folder, "missing.yaml") });
      new kubernetes.yaml.v2.ConfigGroup("c", { yaml: "a: [" });
    });
    assert.deepEqual(objects, []);
    assert.deepEqual(unread, [
      "https://example.com/app.yaml",
      join(folder, "missing.yaml"),
      "a YAML text",
    ]);
  });

  it("of a kustomization are its resources, in its namespace; patches are named", async () => {
    put("base/class.yaml", CLASS);
    put("base/kustomization.yaml", "resources: [class.yaml]");
    const top = "namespace: shop\nresources: [../base]\npatches: []\n";
    const directory = dirname(put("top/kustomization.yaml", top));
    for (const { Directory } of [kubernetes.kustomize, kubernetes.kustomize.v2]) {
      const { objects, unread } = await evaluated(() => void new Directory("x", { directory }));
      assert.deepEqual(
        objects.map(([, , namespace]) => namespace),
        ["shop", "shop"],
      );
      assert.deepEqual(unread, [`patches of ${join(directory, "kustomization.yaml")}`]);
    }
  });

  it("of a kustomization have its prefix, unless it says itself what refers to names", async () => {
    put("base/class.yaml", CLASS);
    put("base/kustomization.yaml", "resources: [class.yaml]");
    const renaming = "resources: [../base]\nnamePrefix: prod-\n";
    for (const [more, count] of [
      ["", 0],
      ["configurations: [names.yaml]\n", 2],
    ] as const) {
      const directory = dirname(put("renamed/kustomization.yaml", renaming + more));
      const { objects, unread } = await evaluated(
        () => void new kubernetes.kustomize.v2.Directory("x", { directory }),
      );
      const prefixed = objects.filter((object) => JSON.stringify(object).includes("prod-"));
      assert.deepEqual(
        [prefixed.length, unread.length],
        count === 0 ? [objects.length, 0] : [0, count],
      );
    }
  });

  it("of Helm's values are merged, and the program's own win", async () => {
    const path = put("values.yaml", "syncSecret: { enabled: yes, other: 1 }\nlinux: { x: 1 }\n");
    const release = (values: readonly pulumi.asset.Asset[]) =>
      evaluated(
        () =>
          void new kubernetes.helm.v3.Release("r", {
            chart: "secrets-store-csi-driver",
            valueYamlFiles: [...values],
            values: { syncSecret: { other: 2 } },
          }),
      );
    const read = await release([
      new pulumi.asset.FileAsset(path),
      new pulumi.asset.StringAsset("linux: 2"),
    ]);
    assert.deepEqual(read.registrations[0]?.outputs.values, {
      syncSecret: { enabled: true, other: 2 },
      linux: 2,
    });
    assert.deepEqual(read.unread, []);
    const missing = await release([new pulumi.asset.FileAsset(join(folder, "missing"))]);
    assert.deepEqual(missing.unread, [join(folder, "missing")]);
  });

  it("are found by patterns", () => {
    put("deep/a/one.yaml", "");
    put("deep/two.yaml", "");
    put("deep/three.txt", "");
    const found = (pattern: string) =>
      filesMatching(join(folder, "deep", pattern)).map((file) => file.slice(folder.length + 6));
    assert.deepEqual(found("*.yaml"), ["two.yaml"]);
    assert.deepEqual(found("**/*.yaml"), ["a/one.yaml", "two.yaml"]);
    assert.deepEqual(found("t?o.yaml"), ["two.yaml"]);
    assert.deepEqual(filesMatching("https://example.com/*.yaml"), ["https://example.com/*.yaml"]);
  });
});
