import * as assert from "node:assert/strict";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import type { Registration } from "../../../../preflight/simulation/mocks/run";
import { counts, inventory, trees, type ResourceTree } from "../../../../preflight/plan/inventory";

const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";

function registration(name: string, more: Partial<Registration> = {}): Registration {
  return {
    urn: `urn:${name}`,
    type: "aws:ec2/vpc:Vpc",
    name,
    custom: true,
    remote: false,
    parent: STACK,
    dependsOn: [],
    propertyDependencies: {},
    protect: false,
    provider: "",
    ignoreChanges: [],
    deleteBeforeReplace: false,
    retainOnDelete: false,
    aliases: [],
    inputs: {},
    outputs: {},
    ...more,
  };
}

const component = (name: string, parent = STACK): Registration =>
  registration(name, { custom: false, type: "shop:index:Part", parent });

describe("the inventory of a plan", () => {
  it("is sorted by URN, whatever the order of registration", () => {
    const names = (list: readonly string[]) =>
      inventory(list.map((name) => registration(name))).map(({ name }) => name);
    assert.deepEqual(names(["b", "c", "a"]), ["a", "b", "c"]);
    assert.deepEqual(names(["c", "a", "b"]), ["a", "b", "c"]);
  });

  it("replaces secrets at every depth, and takes the stack for no parent", () => {
    const inputs = { open: 1, list: [{ hidden: wrapSecret("canary") }], hidden: wrapSecret({}) };
    const [resource] = inventory([registration("a", { inputs })]);
    assert.deepEqual(resource, {
      urn: "urn:a",
      type: "aws:ec2/vpc:Vpc",
      name: "a",
      parent: undefined,
      dependsOn: [],
      protect: false,
      custom: true,
      remote: false,
      inputs: { open: 1, list: [{ hidden: "[secret]" }], hidden: "[secret]" },
    });
  });

  it("counts what providers make, components, and components that cannot be seen into", () => {
    const resources = inventory([
      component("part"),
      registration("a", { parent: "urn:part" }),
      registration("b"),
      registration("cluster", { custom: false, remote: true }),
    ]);
    assert.deepEqual(counts(resources), { resources: 2, components: 1, remote: 1 });
  });

  it("becomes trees, components first, each with the number of resources below it", () => {
    const resources = inventory([
      registration("a"),
      component("outer"),
      component("inner", "urn:outer"),
      registration("deep", { parent: "urn:inner" }),
      registration("shallow", { parent: "urn:outer" }),
    ]);
    const shape = (list: readonly ResourceTree[]): unknown =>
      list.map(({ resource, resources: below, children }) => [
        resource.name,
        below,
        shape(children),
      ]);
    assert.deepEqual(shape(trees(resources)), [
      [
        "outer",
        2,
        [
          ["inner", 1, [["deep", 0, []]]],
          ["shallow", 0, []],
        ],
      ],
      ["a", 0, []],
    ]);
  });
});
