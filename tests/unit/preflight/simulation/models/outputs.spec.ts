import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { RESOURCES, resourceModel } from "../../../../../preflight/simulation/models";
import {
  wrapSecret,
  mapEnvelopes,
  unwrapSecrets,
} from "../../../../../preflight/simulation/wire/envelopes";
import { accountIn, type Properties } from "../../../../../preflight/simulation/models/model";
import { previewable, outputsOf } from "../../../../../preflight/simulation/models/outputs";
import { UNKNOWN } from "../../../../../preflight/simulation/wire/unknown";
import { GOOD } from "./kubernetes/good";
import { replaced, stepsIn } from "./kubernetes/steps";
import { EXAMPLES } from "./values/all";

/** Inputs of every type that the local cloud knows. */
const INPUTS = Object.keys(RESOURCES).flatMap((type): (readonly [string, Properties])[] => {
  const example = EXAMPLES[type]?.good;
  const good: readonly Properties[] = GOOD[type.split(":").at(-1) ?? ""] ?? [];
  return [...good, example ?? {}].map((inputs) => [type, inputs]);
});

const computedOf = (type: string, inputs: Properties): Properties =>
  resourceModel(type).computed?.({
    type,
    name: "it",
    inputs: unwrapSecrets(inputs) as Properties,
    account: accountIn("eu-central-1"),
    identifier: (prefix, length = 17) => `${prefix}-${"0a1b2c3d".repeat(4).slice(0, length)}`,
    entropy: (bytes) => Buffer.alloc(Number.isSafeInteger(bytes) ? bytes : 0, 7),
  }) ?? {};

const madeOf = (type: string, inputs: Properties): Properties =>
  outputsOf(inputs, computedOf(type, inputs), resourceModel(type).secretOutputs);

describe("the outputs of a resource", () => {
  it("are its inputs, and what the service computes", () => {
    const computed = { arn: "arn:1", name: "a-1", password: "made" };
    assert.deepEqual(outputsOf({ name: "a", tags: { x: "1" } }, computed, ["password", "other"]), {
      name: "a-1",
      tags: { x: "1" },
      arn: "arn:1",
      password: wrapSecret("made"),
    });
  });

  it("keep a secret where the service gives an input back, and show what is beside it", () => {
    const inputs = {
      username: wrapSecret("admin"),
      metadata: { labels: { app: "a" }, annotations: { note: wrapSecret("hidden") } },
      spec: wrapSecret({ replicas: 1 }),
      list: [{ a: wrapSecret(1) }, { a: 2 }],
    };
    const opened = unwrapSecrets(inputs) as typeof inputs;
    const computed = {
      username: opened.username,
      metadata: { ...opened.metadata, uid: "u" },
      spec: { replicas: 1, paused: false },
      list: [{ a: 2 }, { a: 1 }],
    };
    assert.deepEqual(outputsOf(inputs, computed), {
      username: wrapSecret("admin"),
      metadata: { labels: { app: "a" }, annotations: { note: wrapSecret("hidden") }, uid: "u" },
      spec: wrapSecret({ replicas: 1, paused: false }),
      list: wrapSecret([{ a: 2 }, { a: 1 }]),
    });
  });

  it("never show what any input hides, whatever the type", () => {
    const canary = "canary-0a1b2c3d";
    for (const [type, inputs] of INPUTS)
      for (const steps of stepsIn(inputs)) {
        const hiding = replaced(inputs, steps, wrapSecret(canary)) as Properties;
        const [key = ""] = steps;
        const shown = mapEnvelopes(madeOf(type, hiding)[key], () => "[secret]");
        assert.ok(!JSON.stringify(shown).includes(canary), `${type}: ${steps.join(".")}`);
      }
  });
});

describe("the outputs of a resource at a preview", () => {
  it("are unknown, but for the inputs that the service gives back", () => {
    const inputs = { name: "a", vpcConfig: { subnetIds: ["s-1"] }, port: UNKNOWN };
    const computed = {
      arn: "arn:a",
      name: "a",
      port: NaN,
      endpoint: `a:${UNKNOWN}`,
      vpcConfig: { subnetIds: ["s-1"], vpcId: undefined, group: "sg-1" },
    };
    assert.deepEqual(previewable(computed, inputs), {
      arn: UNKNOWN,
      name: "a",
      port: UNKNOWN,
      endpoint: UNKNOWN,
      vpcConfig: { subnetIds: ["s-1"], vpcId: undefined, group: UNKNOWN },
    });
  });

  it("are those that stand, where the service would compute the same again", () => {
    const standing = { arn: "arn:a", host: wrapSecret("h"), vpcConfig: { group: "sg-1" } };
    const computed = { arn: "arn:b", host: "h", vpcConfig: { group: "sg-1", subnets: 2 } };
    assert.deepEqual(previewable(computed, {}, standing), {
      arn: UNKNOWN,
      host: "h",
      vpcConfig: { group: "sg-1", subnets: UNKNOWN },
    });
  });

  it("are unknown as a whole where the input in their place is", () => {
    const computed = { vpcConfig: { ...(UNKNOWN as unknown as object), group: "sg-1" } };
    const standing = { vpcConfig: { group: "sg-1" } };
    assert.deepEqual(previewable(computed, { vpcConfig: UNKNOWN }, standing), {
      vpcConfig: UNKNOWN,
    });
  });

  it("say the same of a resource that stays as it is", () => {
    for (const [type, inputs] of INPUTS) {
      const computed = computedOf(type, inputs);
      assert.deepEqual(previewable(computed, inputs, madeOf(type, inputs)), computed, type);
    }
  });

  it("hold no nonsense, whatever the type and whatever is unknown", () => {
    for (const [type, inputs] of INPUTS) {
      const made = madeOf(type, inputs);
      const places = [[], ...stepsIn(inputs)];
      fc.assert(
        fc.property(fc.subarray(places), fc.boolean(), (unknown, stands) => {
          const given = unknown
            .filter((steps) => steps.length > 0)
            .reduce<Properties>((object, steps) => replaced(object, steps, UNKNOWN), inputs);
          const outputs = previewable(computedOf(type, given), given, stands ? made : {});
          assert.deepEqual(Object.keys(outputs), Object.keys(computedOf(type, inputs)));
          assert.deepEqual(nonsenseIn(outputs, made), [], type);
        }),
        { numRuns: 50 },
      );
    }
  });
});

/** Text around what is unknown, numbers that are none, and what is absent though it will be there. */
function nonsenseIn(value: unknown, made: unknown): readonly unknown[] {
  if (typeof value === "string") return value !== UNKNOWN && value.includes(UNKNOWN) ? [value] : [];
  if (typeof value === "number") return Number.isNaN(value) ? [value] : [];
  if (value === undefined) return made === undefined ? [] : [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    nonsenseIn(inner, (made as Properties | undefined)?.[key]),
  );
}
