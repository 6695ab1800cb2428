import * as assert from "node:assert/strict";
import { contextFrom } from "../../../../preflight/engine/context";
import { deploymentIn } from "../../../../preflight/engine/deployment";
import { registrationsOf } from "../../../../preflight/engine/resource";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";

const urn = (type: string, name: string): string => `urn:pulumi:prod::shop::${type}::${name}`;
const STACK = urn("pulumi:pulumi:Stack", "shop-prod");
const DEFAULT = urn("pulumi:providers:aws", "default_7_48_0");
const SECRET = urn("aws:secretsmanager/secret:Secret", "login");
const VERSION = urn("aws:secretsmanager/secretVersion:SecretVersion", "login");
const ARN = "arn:aws-cn:secretsmanager:cn-north-1:210987654321:secret:login-a1b2c3";
const sealed = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

const RESOURCES = [
  { urn: STACK, custom: false, type: "pulumi:pulumi:Stack" },
  {
    ...{ urn: DEFAULT, custom: true, id: "p", type: "pulumi:providers:aws" },
    inputs: { region: "cn-north-1" },
  },
  {
    ...{
      urn: VERSION,
      custom: true,
      id: "v",
      type: "aws:secretsmanager/secretVersion:SecretVersion",
    },
    ...{ parent: STACK, provider: `${DEFAULT}::p`, dependencies: [SECRET] },
    propertyDependencies: { secretId: [SECRET] },
    inputs: { secretId: ARN, secretString: { ...sealed, ciphertext: "v1:abc" } },
    outputs: { secretId: ARN, secretString: { ...sealed, ciphertext: "v1:abc" } },
  },
  {
    ...{ urn: SECRET, custom: true, id: ARN, type: "aws:secretsmanager/secret:Secret" },
    ...{ parent: STACK, provider: `${DEFAULT}::p`, protect: true },
    inputs: { name: "login" },
    outputs: { arn: ARN, name: "login" },
  },
  { urn: SECRET, custom: true, delete: true, type: "aws:secretsmanager/secret:Secret" },
];

const read = (document: object) => deploymentIn(JSON.stringify(document));

describe("the state of a stack", () => {
  const exported = read({ version: 3, deployment: { resources: RESOURCES } });

  it("tells of its resources as a program registers them, by URN", () => {
    assert.ok(typeof exported === "object");
    assert.deepEqual([exported.project, exported.stack], ["shop", "prod"]);
    const common = {
      ...{ custom: true, remote: false, parent: undefined, provider: "" },
      ...{ retainOnDelete: false, deleteBeforeReplace: false, ignoreChanges: [], aliases: [] },
    };
    const unknown = wrapSecret(UNKNOWN);
    assert.deepEqual(registrationsOf(exported.resources), [
      {
        ...common,
        ...{ urn: SECRET, type: "aws:secretsmanager/secret:Secret", name: "login", protect: true },
        ...{ dependsOn: [], propertyDependencies: {} },
        inputs: { name: "login" },
        outputs: { arn: ARN, name: "login", id: ARN },
      },
      {
        ...common,
        ...{ urn: VERSION, type: "aws:secretsmanager/secretVersion:SecretVersion", name: "login" },
        ...{ protect: false, dependsOn: [SECRET], propertyDependencies: { secretId: [SECRET] } },
        inputs: { secretId: ARN, secretString: unknown },
        outputs: { secretId: ARN, secretString: unknown, id: "v" },
      },
    ]);
  });

  it("tells where it is deployed", () => {
    assert.ok(typeof exported === "object");
    assert.deepEqual(contextFrom(exported.resources), {
      ...{ region: "cn-north-1", isRegionKnown: true },
      ...{ accountId: "210987654321", partition: "aws-cn" },
    });
    assert.deepEqual(contextFrom([]), {
      ...{ region: "eu-central-1", isRegionKnown: false },
      ...{ accountId: "123456789012", partition: "aws" },
    });
    assert.equal(contextFrom([], { "aws:region": "us-west-2" }).region, "us-west-2");
  });

  it("is read from a backend's file and from a preview as well", () => {
    assert.deepEqual(
      read({ version: 3, checkpoint: { latest: { resources: RESOURCES } } }),
      exported,
    );
    const steps = [...RESOURCES.map((newState) => ({ op: "create", newState })), { op: "delete" }];
    assert.deepEqual(read({ steps }), exported);
  });

  it("is known from what is none", () => {
    assert.equal(deploymentIn("{"), "it is no JSON");
    assert.equal(read({ name: "shop" }), "it has no deployment");
    assert.equal(read({ deployment: { resources: [] } }), "its deployment has no resources");
  });
});
