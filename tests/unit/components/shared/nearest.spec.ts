import * as assert from "node:assert/strict";
import { nearest } from "../../../../components/shared/nearest";

describe("the word that was meant", () => {
  const known = ["network", "cluster", "driver", "apps", "natGateways", "multiAz"];
  for (const [word, meant] of [
    ["netwrok", "network"],
    ["networks", "network"],
    ["natGateway", "natGateways"],
    ["multiaz", "multiAz"],
    ["MULTIAZ", "multiAz"],
    ["app", "apps"],
    ["diver", "driver"],
    ["clstr", "cluster"],
    ["drvr", "driver"],
    ["natGatewy5es", "natGateways"],
    ["naatGaatewaays", "natGateways"],
    ["natgatewayz", "natGateways"],
    ["replicas", undefined],
    ["", undefined],
  ] as const) {
    it(`is ${meant ?? "none"} for '${word}'`, () => assert.equal(nearest(word, known), meant));
  }

  it("is the nearest of several", () => {
    assert.equal(nearest("ports", ["sports", "port", "ports2s"]), "sports");
    assert.equal(nearest("hosts", ["posts", "host1", "hosts"]), "hosts");
  });

  it("is none where nothing is known", () => assert.equal(nearest("a", []), undefined));
});
