import * as assert from "node:assert/strict";
import {
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { secretsManager } from "../../../../functions/rotation/secrets";
import { SETTINGS } from "./support";

const SECRET = { SecretId: SETTINGS.secretArn };

/** The adapter with an SDK that answers the same to everything, and what it was asked. */
function adapter(answer: object) {
  const sent: (readonly [string, object])[] = [];
  const send = (command: { readonly input: object }) => {
    sent.push([command.constructor.name, command.input]);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const client = { send } as unknown as SecretsManagerClient;
  return { secrets: secretsManager(SETTINGS, client), sent };
}

describe("Secrets Manager of the rotation function", () => {
  it("describes a secret without its values", async () => {
    const versions = { one: ["AWSCURRENT"] };
    const rotated = new Date();
    const full = adapter({
      Name: "orders",
      VersionIdsToStages: versions,
      LastRotatedDate: rotated,
    });
    assert.deepEqual(await full.secrets.describe(), { name: "orders", versions, rotated });
    assert.deepEqual(full.sent, [["DescribeSecretCommand", SECRET]]);
    assert.deepEqual(await adapter({}).secrets.describe(), {
      ...{ name: SETTINGS.secretArn, versions: {} },
    });
  });

  it("reads a version, which may have no value", async () => {
    const created = new Date();
    const full = adapter({ SecretString: "canary", CreatedDate: created });
    assert.deepEqual(await full.secrets.read("one"), { text: "canary", created });
    assert.deepEqual(full.sent, [["GetSecretValueCommand", { ...SECRET, VersionId: "one" }]]);
    const missing = new ResourceNotFoundException({ message: "canary", $metadata: {} });
    assert.equal(await adapter(missing).secrets.read("one"), undefined);
    assert.equal(await adapter({}).secrets.read("one"), undefined);
    assert.deepEqual(await adapter({ SecretString: "canary" }).secrets.read("one"), {
      ...{ text: "canary", created: new Date(0) },
    });
  });

  it("puts values and moves labels", async () => {
    const { secrets, sent } = adapter({});
    await secrets.putCurrent("canary");
    const [, { ClientRequestToken, ...put }] = sent[0] as [string, { ClientRequestToken: string }];
    assert.match(ClientRequestToken, /^[\da-f-]{36}$/);
    assert.deepEqual(put, { ...SECRET, SecretString: "canary" });
    await secrets.putPending("canary", "two");
    await secrets.putPending("canary", "two", "other account");
    await secrets.moveCurrent("one", "two");
    await secrets.moveCurrent(undefined, "two");
    await secrets.removePending("two");
    const pending = {
      ...{ ...SECRET, SecretString: "canary", ClientRequestToken: "two" },
      VersionStages: ["AWSPENDING"],
    };
    const move = { ...SECRET, VersionStage: "AWSCURRENT", MoveToVersionId: "two" };
    assert.deepEqual(sent.slice(1), [
      ["PutSecretValueCommand", pending],
      ["PutSecretValueCommand", { ...pending, RotationToken: "other account" }],
      ["UpdateSecretVersionStageCommand", { ...move, RemoveFromVersionId: "one" }],
      ["UpdateSecretVersionStageCommand", move],
      [
        "UpdateSecretVersionStageCommand",
        { ...SECRET, VersionStage: "AWSPENDING", RemoveFromVersionId: "two" },
      ],
    ]);
  });

  it("reads the administrator's secret", async () => {
    const { secrets, sent } = adapter({ SecretString: "canary" });
    assert.equal(await secrets.administrator(), "canary");
    assert.deepEqual(sent, [["GetSecretValueCommand", { SecretId: SETTINGS.masterSecretArn }]]);
    assert.equal(await adapter({}).secrets.administrator(), "");
  });

  it("says what was refused and why, without what the service said", async () => {
    const denied = Object.assign(new Error("canary"), { name: "AccessDeniedException" });
    const { secrets } = adapter(denied);
    const { secretArn, masterSecretArn } = SETTINGS;
    const asked: readonly (readonly [doing: string, () => Promise<unknown>])[] = [
      [`read the labels of ${secretArn}`, () => secrets.describe()],
      [`read version one of ${secretArn}`, () => secrets.read("one")],
      [`put a value into ${secretArn}`, () => secrets.putCurrent("canary")],
      [`put the value of version two into ${secretArn}`, () => secrets.putPending("canary", "two")],
      [`move AWSCURRENT of ${secretArn} to version two`, () => secrets.moveCurrent("one", "two")],
      [`take AWSPENDING off version two of ${secretArn}`, () => secrets.removePending("two")],
      [`read the administrator's secret ${masterSecretArn}`, () => secrets.administrator()],
    ];
    for (const [doing, ask] of asked) {
      await assert.rejects(ask(), {
        name: "RotationError",
        message: `Secrets Manager: could not ${doing}: the function's role may not do that`,
      });
    }
  });
});
