import * as assert from "node:assert/strict";
import type { PlannedResource } from "../../preflight/plan/inventory";
import { resourceTexts } from "../../preflight/plan/report/html/resource-text";
import { SIGNATURE_KEY } from "../../preflight/simulation/wire/envelopes";
import { HOLE } from "../../preflight/simulation/wire/unknown";

const resource = (name: string, inputs: PlannedResource["inputs"]): PlannedResource => ({
  ...{ urn: `urn:${name}`, type: "t:m:T", name, parent: undefined, dependsOn: [] },
  ...{ protect: false, custom: true, remote: false, inputs },
});

const yamlOf = (inputs: PlannedResource["inputs"]): string | undefined =>
  resourceTexts([resource("one", inputs)]).get("urn:one")?.yaml;

describe("what the HTML page shows of an opened resource", () => {
  it("is its inputs as YAML, by name, with JSON texts laid out", () => {
    const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Resource: "*" }] });
    assert.equal(
      yamlOf({ role: "orders", policy, list: [1, "{not json"] }),
      [
        ...["list:", "  - 1", '  - "{not json"', "policy: |-", "  {", '    "Statement": ['],
        ...["      {", '        "Effect": "Allow",', '        "Resource": "*"', "      }"],
        ...["    ]", "  }", "role: orders"],
      ].join("\n"),
    );
  });

  it("has words for what is not plain data", () => {
    const reference = {
      [SIGNATURE_KEY]: "5cf8f73096256a8f31e491e813e4eb8e",
      urn: "urn:pulumi:dev::shop::eks:index:Cluster::cluster",
    };
    const archive = { [SIGNATURE_KEY]: "0def7320c3a5731c473e5ecbe6d01bc7", path: "./code" };
    assert.equal(
      yamlOf({ archive, host: `db.${HOLE}`, reference, secret: "[secret]" }),
      [
        ...['archive: "[file]"', 'host: "[known after the update]"'],
        ...['reference: "[resource cluster]"', 'secret: "[secret]"'],
      ].join("\n"),
    );
  });

  it("is nothing for a resource without inputs", () => {
    assert.equal(yamlOf({}), undefined);
  });

  describe("where all of it would be too much", () => {
    const inputsOf = (name: string, more: PlannedResource["inputs"] = {}) => ({
      metadata: { name, namespace: name, labels: { app: name, team: "platform" } },
      spec: { replicas: 2, image: `registry.example.com/${name}:1`, policy: `{"for":"${name}"}` },
      ...more,
    });
    const textsOf = (...resources: readonly PlannedResource[]) => resourceTexts(resources, 0);
    const first = resource("orders", inputsOf("orders"));
    const like = { resource: first, name: "orders", becomes: "billing" };

    it("is the name that differs, for what is the same otherwise", () => {
      const texts = textsOf(first, resource("billing", inputsOf("billing")));
      assert.equal(texts.get("urn:orders")?.like, undefined);
      assert.deepEqual(texts.get("urn:billing"), { yaml: "", like });
    });

    it("is what else differs, by its path", () => {
      const other = { more: 1, metadata: { ...inputsOf("billing").metadata, labels: {} } };
      assert.deepEqual(
        textsOf(first, resource("billing", inputsOf("billing", other))).get("urn:billing"),
        {
          yaml: [
            "metadata.labels: {}",
            "more: 1",
            "metadata.labels.app: not set",
            "metadata.labels.team: not set",
          ].join("\n"),
          like,
        },
      );
    });

    it("is all of it for what has little in common with the first of its type", () => {
      const texts = textsOf(first, resource("billing", { replicas: 1 }));
      assert.deepEqual(texts.get("urn:billing"), { yaml: "replicas: 1" });
    });

    it("goes by the name of the component for what belongs to one", () => {
      const component = (name: string): PlannedResource => ({
        ...resource(name, {}),
        ...{ type: "t:m:Component", custom: false },
      });
      const child = (of: string): PlannedResource => ({
        ...resource(`${of}-app`, inputsOf(of)),
        parent: `urn:${of}`,
      });
      const texts = textsOf(component("a"), child("a"), component("b"), child("b"));
      assert.equal(texts.get("urn:b-app")?.like?.name, "a");
    });
  });
});
