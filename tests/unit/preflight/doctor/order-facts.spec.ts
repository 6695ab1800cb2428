import * as assert from "node:assert/strict";
import { Order } from "../../../../preflight/doctor/facts/order";
import { registered } from "./registered";

interface Place {
  readonly dependsOn?: readonly string[];
  readonly parent?: string;
}

/** The order of resources that are known by their names. */
async function orderOf(places: Readonly<Record<string, Place>>): Promise<Order> {
  const names = Object.keys(places);
  const registrations = await registered(...names.map((name) => ["acme:index:Any", name] as const));
  return new Order(
    registrations.map((each) => {
      const { dependsOn = [], parent } = places[each.name] ?? {};
      return { ...each, urn: each.name, dependsOn, parent };
    }),
  );
}

describe("whether a resource is made only after another", () => {
  it("is so for what it depends on, at any distance, and not the other way round", async () => {
    const order = await orderOf({
      app: { dependsOn: ["class", "role"] },
      class: { dependsOn: ["driver"] },
      role: { dependsOn: ["cluster"] },
      driver: {},
      cluster: {},
    });
    for (const other of ["class", "role", "driver", "cluster"]) {
      assert.equal(order.waits("app", other), true, other);
      assert.equal(order.waits(other, "app"), false, other);
    }
    assert.equal(order.waits("class", "cluster"), false);
    assert.equal(order.waits("role", "driver"), false);
    assert.equal(order.waits("app", "app"), false);
    assert.equal(order.waits("app", "driver"), true, "asked again");
  });

  it("is so for what its component depends on, and not for the component itself", async () => {
    const order = await orderOf({
      outer: { dependsOn: ["driver"] },
      inner: { parent: "outer", dependsOn: ["role"] },
      pod: { parent: "inner" },
      sibling: { parent: "inner" },
      after: { dependsOn: ["pod"] },
      driver: {},
      role: { dependsOn: ["policy"] },
      policy: {},
    });
    for (const other of ["driver", "role", "policy"]) {
      assert.equal(order.waits("pod", other), true, other);
      assert.equal(order.waits("after", other), true, other);
    }
    for (const other of ["outer", "inner", "sibling", "after"]) {
      assert.equal(order.waits("pod", other), false, other);
    }
    assert.equal(order.waits("outer", "role"), false);
  });

  it("is so for what a component makes that it depends on", async () => {
    const order = await orderOf({
      app: { dependsOn: ["outer"] },
      outer: {},
      inner: { parent: "outer" },
      driver: { parent: "inner" },
      apart: { parent: "other" },
      other: {},
    });
    for (const other of ["outer", "inner", "driver"]) {
      assert.equal(order.waits("app", other), true, other);
    }
    assert.equal(order.waits("app", "apart"), false);
  });

  it("knows of resources outside the program no more than that they are named", async () => {
    const order = await orderOf({ app: { dependsOn: ["elsewhere", "role"] }, role: {} });
    assert.equal(order.waits("app", "elsewhere"), true);
    assert.equal(order.waits("app", "role"), true);
    assert.equal(order.waits("app", "nowhere"), false);
    assert.equal(order.waits("elsewhere", "app"), false);
  });

  it("goes past what is outside the program to what is in it", async () => {
    const order = await orderOf({
      app: { dependsOn: ["role", "elsewhere"] },
      role: { dependsOn: ["policy"] },
      policy: {},
    });
    assert.equal(order.waits("app", "policy"), true);
  });

  it("goes over each resource once, however many ways lead to it", async () => {
    const layers = Array.from({ length: 60 }, (_, layer) =>
      ["a", "b"].map((side): [string, Place] => [
        `${side}${layer}`,
        { dependsOn: layer === 0 ? [] : [`a${layer - 1}`, `b${layer - 1}`] },
      ]),
    );
    const order = await orderOf(Object.fromEntries(layers.flat()));
    assert.equal(order.waits("a59", "b0"), true);
    assert.equal(order.waits("b0", "a59"), false);
  });
});
