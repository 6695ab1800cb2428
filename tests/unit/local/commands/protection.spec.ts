import * as assert from "node:assert/strict";
import { protectedIn, protectionText } from "../../../../local/commands/protection";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import type { CloudObject, CloudStore } from "../../../../local/server/store";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:eks/cluster:Cluster";

const urn = (name: string) => `urn:pulumi:prod::p::t::${name}`;

const storeOf = (...objects: readonly Partial<CloudObject>[]) =>
  ({ all: () => objects }) as unknown as CloudStore;

const protectedBy = (resources: readonly object[], store: CloudStore) =>
  protectedIn({ version: 3, deployment: { resources } }, store);

describe("what is protected of a stack", () => {
  it("is what the engine or the cloud refuses to delete, each once", () => {
    const resources = [
      { type: INSTANCE, urn: urn("a"), protect: true },
      { type: INSTANCE, urn: urn("b"), protect: false },
      { type: CLUSTER, urn: urn("c") },
    ];
    const on = { deletionProtection: true, skipFinalSnapshot: true };
    const store = storeOf(
      { type: INSTANCE, urn: urn("a"), inputs: on },
      { type: INSTANCE, urn: urn("b"), inputs: { ...on, deletionProtection: false } },
      { type: CLUSTER, urn: urn("c"), inputs: { deletionProtection: wrapSecret(true) } },
      { type: "aws:ec2/vpc:Vpc", urn: urn("d"), inputs: on },
    );
    assert.deepEqual(protectedBy(resources, store), [
      { type: INSTANCE, name: "a" },
      { type: CLUSTER, name: "c" },
    ]);
    assert.deepEqual(protectedIn({ version: 3, deployment: {} }, storeOf()), []);
  });

  it("is reported with the settings that allow its deletion, and the way without them", () => {
    const database = { type: INSTANCE, name: "orders" };
    const cluster = { type: CLUSTER, name: "shared" };
    const text = (names: string, settings: string) =>
      `the stack 'prod' is protected (${names}): set ${settings} in Pulumi.prod.yaml and run ` +
      "npm run local:up -- --stack prod, or remove it as it is: " +
      "npm run local:down -- --stack prod --force";
    const [disposable, off] = [
      "'lifecycle: disposable' for its databases",
      "'deletionProtection: false' for its cluster",
    ];
    assert.equal(protectionText("prod", [database]), text("orders", disposable));
    assert.equal(protectionText("prod", [cluster]), text("shared", off));
    assert.equal(
      protectionText("prod", [database, cluster]),
      text("orders, shared", `${disposable} and ${off}`),
    );
  });
});
