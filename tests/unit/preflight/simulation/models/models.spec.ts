import * as assert from "node:assert/strict";
import { RESOURCES } from "../../../../../preflight/simulation/models";
import { validationErrors } from "../../../../../preflight/simulation/models/validation-errors";
import {
  accountIn,
  type Properties,
  type ResourceRequest,
} from "../../../../../preflight/simulation/models/model";
import { computedOf, withAutoName } from "../../../../../preflight/simulation/models/naming";
import { HOLE, UNKNOWN } from "../../../../../preflight/simulation/wire/unknown";
import { schemaOf } from "./schema";

/** Where each provider documents itself: its repository, the one it is made from, its pages. */
const OWN_DOCUMENTATION: Readonly<Record<string, readonly string[]>> = {
  aws: [
    "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/",
    "https://github.com/pulumi/pulumi-aws/blob/master/provider/",
    "https://docs.aws.amazon.com/",
  ],
  eks: ["https://www.pulumi.com/registry/packages/eks/api-docs/"],
  kubernetes: ["https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/"],
  random: ["https://github.com/hashicorp/terraform-provider-random/blob/main/internal/provider/"],
};

const sorted = (names: readonly string[] = []): readonly string[] => [...names].sort();

describe("what the local cloud claims of its providers", () => {
  for (const [type, model] of Object.entries(RESOURCES)) {
    it(`names the provider's own documentation of ${type}`, () => {
      const own = OWN_DOCUMENTATION[type.split(":", 1)[0] ?? ""] ?? [];
      assert.ok(
        own.some((place) => model.source.startsWith(place) && model.source.length > place.length),
        model.source,
      );
      assert.equal(new URL(model.source).href, model.source);
    });

    const schema = schemaOf(type);
    if (schema === undefined) continue;

    it(`requires and hides of ${type} what the provider's schema does`, () => {
      assert.deepEqual(
        { required: sorted(model.required), secret: sorted(model.secretOutputs) },
        { required: schema.required, secret: sorted(schema.secret) },
      );
    });

    it(`names only inputs that ${type} has`, () => {
      const { replaceOn = [], replaceOnRemoval = [], namedBy = [], autoName } = model;
      const { values = {}, references = {} } = model;
      const named = autoName === undefined ? [] : [autoName.property];
      const ruled = [...Object.keys(values), ...Object.keys(references)];
      const mentioned = [...replaceOn, ...replaceOnRemoval, ...namedBy, ...named, ...ruled];
      const unknown = mentioned.filter(
        (path) => !schema.inputs.includes(/^\w+/.exec(path)?.[0] ?? ""),
      );
      assert.deepEqual(unknown, []);
    });
  }
});

describe("a name in the local cloud", () => {
  const model = { autoName: { property: "name", maxLength: 12 } };

  it("is the program's, and else the resource's with something unique", () => {
    assert.deepEqual(withAutoName(model, "app", "0a1b2c3", { name: "own" }), { name: "own" });
    assert.deepEqual(withAutoName(model, "app", "0a1b2c3", {}), { name: "app-0a1b2c3" });
    assert.deepEqual(withAutoName(model, "app", "0a1b2c3", { namePrefix: "a" }), {
      namePrefix: "a",
    });
  });

  it("is completed from a prefix by the provider, for what is computed of it as well", () => {
    const computed = ({ inputs }: ResourceRequest) => ({ arn: `arn:${String(inputs.name)}` });
    const request = (inputs: Properties): ResourceRequest => ({
      ...{ type: "test:index:Test", name: "app", inputs, account: accountIn("eu-central-1") },
      identifier: (prefix, length = 17) => `${prefix}-${"0".repeat(length)}`,
      entropy: () => Buffer.alloc(0),
    });
    const named = { ...model, computed };
    const unique = "0".repeat(26);
    assert.deepEqual(computedOf(named, request({ namePrefix: "a-" })), {
      name: `a-${unique}`,
      arn: `arn:a-${unique}`,
    });
    assert.deepEqual(computedOf(named, request({ namePrefix: `a${HOLE}` })), {
      name: UNKNOWN,
      arn: `arn:${UNKNOWN}`,
    });
    assert.deepEqual(computedOf(named, request({ name: "own" })), { arn: "arn:own" });
    assert.deepEqual(computedOf(model, request({ name: "own" })), {});
  });

  it("is refused where it is too long, and not shortened", () => {
    assert.deepEqual(validationErrors(model, withAutoName(model, "app-1", "0a1b2c3", {})), [
      "name 'app-1-0a1b2c3' has 13 characters, and may have 12",
    ]);
    assert.deepEqual(validationErrors(model, { name: "twelve-chars" }), []);
    assert.deepEqual(validationErrors(model, {}), []);
  });
});
