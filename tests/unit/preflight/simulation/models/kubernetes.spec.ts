import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { validationErrors } from "../../../../../preflight/simulation/models/validation-errors";
import { kubernetesModels } from "../../../../../preflight/simulation/models/kubernetes/models";
import { UNKNOWN } from "../../../../../preflight/simulation/wire/unknown";
import { wrapSecret } from "../../../../../preflight/simulation/wire/envelopes";
import { GOOD } from "./kubernetes/good";
import { breaking, replaced, stepsIn } from "./kubernetes/steps";
import { REFUSED } from "./kubernetes/refused";

const modelOf = (kind: string) => {
  const model = Object.entries(kubernetesModels).find(([type]) => type.endsWith(`:${kind}`))?.[1];
  assert.ok(model, kind);
  return model;
};

const asShown = (value: unknown): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `'${text.length > 80 ? `${text.slice(0, 80)}…` : text}'`;
};

const SECRETS = [
  ...["Hunter 2/%", { Hunter: "Hunter" }, ["Hunter"]].map(wrapSecret),
  [wrapSecret("Hunter")],
];

const KINDS = Object.keys(kubernetesModels).map((type) => type.split(":").at(-1) ?? "");

describe("the Kubernetes objects of the local cloud", () => {
  for (const kind of KINDS) {
    const model = modelOf(kind);
    const goods = GOOD[kind] ?? [];

    it(`are accepted with a value for every rule: ${kind}`, () => {
      assert.notEqual(goods.length, 0);
      for (const good of goods) assert.deepEqual(validationErrors(model, good), []);
    });

    it(`are accepted with any of their values unknown: ${kind}`, () => {
      for (const good of goods) {
        const places = stepsIn(good);
        if (places.length === 0) continue;
        for (const place of places)
          assert.deepEqual(
            validationErrors(model, replaced(good, place, UNKNOWN)),
            [],
            JSON.stringify(place),
          );
        const several = fc.subarray([...places], { minLength: 1 });
        fc.assert(
          fc.property(several, (chosen) => {
            const inputs = chosen.reduce((object, place) => replaced(object, place, UNKNOWN), good);
            assert.deepEqual(validationErrors(model, inputs), []);
          }),
          { numRuns: 50 },
        );
      }
    });

    it(`never show a secret in an error: ${kind}`, () => {
      for (const good of goods)
        for (const place of stepsIn(good))
          for (const value of SECRETS) {
            const errors = validationErrors(model, replaced(good, place, value));
            assert.ok(!errors.join().includes("Hunter"), `${place.join(".")}: ${errors.join()}`);
          }
    });

    for (const [rule, examples] of Object.entries(REFUSED[kind] ?? {})) {
      it(`are refused where ${rule} of ${kind} breaks its rule`, () => {
        for (const [value, why, also = []] of examples) {
          const broken = goods.map((good) => breaking(good, rule, value)).find(Boolean);
          assert.ok(broken, "no accepted object has a value there");
          assert.deepEqual(validationErrors(model, broken.inputs), [
            `${broken.place} ${asShown(value)} ${why}`,
            ...also,
          ]);
        }
      });
    }

    it(`have a refused example for every rule: ${kind}`, () => {
      const examples = Object.entries(REFUSED[kind] ?? {});
      const refusing = examples.filter(([, list]) => list.length > 0).map(([rule]) => rule);
      assert.deepEqual(refusing.sort(), Object.keys(model.values ?? {}).sort());
    });
  }
});

describe("the namespace of a Kubernetes object", () => {
  const WITHOUT = ["ClusterRole", "ClusterRoleBinding", "Namespace", "Release"];

  it("must exist, wherever the kind has one", () => {
    const referring = KINDS.filter((kind) => modelOf(kind).references !== undefined);
    assert.deepEqual(referring.sort(), KINDS.filter((kind) => !WITHOUT.includes(kind)).sort());
    for (const kind of referring) {
      const { references = {} } = modelOf(kind);
      assert.deepEqual(Object.keys(references), ["metadata.namespace"]);
      assert.equal(references["metadata.namespace"]?.to, "kubernetes:core/v1:Namespace");
      assert.equal(references["metadata.namespace"].holds, undefined);
    }
  });

  it("may be one that every cluster begins with", () => {
    const { references } = modelOf("Deployment");
    const reference = references?.["metadata.namespace"];
    const names = ["default", "kube-system", "kube-public", "kube-node-lease", "app", ""];
    assert.deepEqual(
      names.map((name) => reference?.builtIn?.(name)),
      [true, true, true, true, false, false],
    );
  });
});
