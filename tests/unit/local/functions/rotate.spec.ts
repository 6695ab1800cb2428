import * as assert from "node:assert/strict";
import { rotate, STEPS, testRotation } from "../../../../local/functions/rotate";
import { perform } from "../../../../local/secrets/operations";
import { rotationOf } from "../../../../local/secrets/rotation";
import { versionsIn } from "../../../../local/secrets/stored";
import { CloudStore } from "../../../../local/server/store";
import { eachInFolder } from "../../../support/folder";

const SECRET = { arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-AbCdEf" };
const STORED = { ...SECRET, name: "orders" };
const FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:orders-rotation";
const FIRST = "f".repeat(32);

interface Event {
  readonly Step: string;
  readonly SecretId: string;
  readonly ClientRequestToken: string;
}

describe("a rotation on this machine", () => {
  let folder: string;
  let store: CloudStore;

  eachInFolder((made) => {
    folder = made;
    store = new CloudStore(folder);
    put("aws:secretsmanager/secret:Secret", SECRET.arn, { name: "orders" }, SECRET);
    put("aws:secretsmanager/secretRotation:SecretRotation", SECRET.arn, {
      ...{ secretId: SECRET.arn, rotationLambdaArn: FUNCTION },
      rotationRules: { automaticallyAfterDays: 30, duration: "3h" },
    });
    put("aws:lambda/permission:Permission", "by-secrets-manager", {
      ...{ action: "lambda:InvokeFunction", function: "orders-rotation" },
      principal: "secretsmanager.amazonaws.com",
    });
    call("PutSecretValue", { ClientRequestToken: FIRST, SecretString: "first" });
  });
  const put = (type: string, id: string, inputs: object, outputs: object = {}): void =>
    store.put({
      ...{ type, id, urn: `urn:pulumi:t::p::${type}::${id}`, seed: "1" },
      ...{ inputs: { ...inputs }, outputs: { ...outputs } },
    });

  const call = (operation: string, request: object) =>
    perform(operation, { SecretId: SECRET.arn, ...request }, store);

  /** A function that does what its steps are for, and remembers the events. */
  const functionThat = (fails?: string, events: Event[] = []) => ({
    events,
    invoke: (_named: string, input: unknown): Promise<unknown> => {
      const event = input as Event;
      events.push(event);
      const { Step, ClientRequestToken } = event;
      if (Step === fails) return Promise.reject(new Error(`${Step} failed`));
      if (Step === "createSecret") {
        call("PutSecretValue", {
          ...{ ClientRequestToken, SecretString: "second" },
          VersionStages: ["AWSPENDING"],
        });
      }
      if (Step === "finishSecret") {
        const move = { MoveToVersionId: ClientRequestToken, RemoveFromVersionId: FIRST };
        call("UpdateSecretVersionStage", { VersionStage: "AWSCURRENT", ...move });
      }
      return Promise.resolve(null);
    },
  });

  const request = (functions: ReturnType<typeof functionThat>) => ({
    ...{ secret: STORED, functionArn: FUNCTION, store, functions },
  });

  const stages = () =>
    versionsIn(store, STORED).map(({ value, stages }) => [value, [...stages].sort()]);

  it("takes the four steps with one token, and notes when it ended", async () => {
    const functions = functionThat();
    const begun: string[] = [];
    await rotate({ ...request(functions), onStep: (step) => begun.push(step) });
    const [token] = functions.events.map(({ ClientRequestToken }) => ClientRequestToken);
    assert.deepEqual(
      functions.events,
      STEPS.map((Step) => ({ Step, SecretId: SECRET.arn, ClientRequestToken: token })),
    );
    assert.deepEqual(begun, [...STEPS]);
    assert.deepEqual(stages(), [
      ["first", ["AWSPREVIOUS"]],
      ["second", ["AWSCURRENT", "AWSPENDING"]],
    ]);
    assert.ok(Date.now() - (rotationOf(store, STORED)?.last ?? 0) < 60_000);
  });

  it("is taken up again with the version that it has begun", async () => {
    const died = functionThat("setSecret");
    await assert.rejects(rotate(request(died)), /setSecret failed/);
    assert.equal(rotationOf(store, STORED)?.last, undefined);
    const again = functionThat();
    await rotate(request(again));
    const tokens = [...died.events, ...again.events].map((event) => event.ClientRequestToken);
    assert.equal(new Set(tokens).size, 1);
    assert.deepEqual(
      again.events.map(({ Step }) => Step),
      [...STEPS],
    );
  });

  it("fails where all steps ended and the new version is not the current one", async () => {
    const idle = { invoke: () => Promise.resolve(null) };
    await assert.rejects(rotate({ ...request(functionThat()), functions: idle }), {
      name: "Refused",
      message: "the rotation of 'orders' ended without an error, and its version is not AWSCURRENT",
    });
  });

  it("is tested on a pending version that is gone afterwards, also after an error", async () => {
    for (const fails of [undefined, "testSecret"]) {
      const functions = functionThat(fails);
      await testRotation(request(functions)).catch(() => undefined);
      assert.deepEqual(
        functions.events.map(({ Step }) => Step),
        ["testSecret"],
      );
      assert.deepEqual(stages(), [["first", ["AWSCURRENT"]]]);
    }
  });

  it("is not tested while one is under way", async () => {
    await assert.rejects(rotate(request(functionThat("createSecret"))));
    const before = stages();
    const functions = functionThat();
    await testRotation(request(functions));
    assert.deepEqual([functions.events, stages()], [[], before]);
  });

  it("does not begin without the permission to call the function", async () => {
    store.remove("aws:lambda/permission:Permission", "by-secrets-manager");
    const functions = functionThat();
    for (const begin of [rotate, testRotation]) {
      await assert.rejects(
        begin(request(functions)),
        /^Refused: AccessDeniedException: .*'orders'/,
      );
    }
    assert.deepEqual([functions.events, stages()], [[], [["first", ["AWSCURRENT"]]]]);
  });
});
