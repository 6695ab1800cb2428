import * as assert from "node:assert/strict";
import {
  forgetRotation,
  mayInvoke,
  noteRotated,
  rotationOf,
} from "../../../../local/secrets/rotation";
import { CloudStore } from "../../../../local/server/store";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { eachInFolder } from "../../../support/folder";

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-AbCdEf";
const SECRET = { arn: ARN, name: "orders" };
const FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:rotate";

const ALLOWED = {
  ...{ action: "lambda:InvokeFunction", function: "rotate" },
  principal: "secretsmanager.amazonaws.com",
};

describe("the rotation of a secret", () => {
  let folder: string;
  let store: CloudStore;

  eachInFolder((made) => {
    folder = made;
    store = new CloudStore(folder);
  });

  const put = (type: string, inputs: object): void =>
    store.put({
      ...{ type, id: "one", urn: `urn:pulumi:t::p::${type}::one`, seed: "1", outputs: {} },
      inputs: { ...inputs },
    });

  it("may call a function where the function's policy says so", () => {
    const cases: readonly [object, boolean][] = [
      [ALLOWED, true],
      [{ ...ALLOWED, function: FUNCTION }, true],
      [{ ...ALLOWED, function: wrapSecret("rotate") }, true],
      [{ ...ALLOWED, action: "lambda:*" }, true],
      [{ ...ALLOWED, sourceAccount: "123456789012", sourceArn: ARN }, true],
      [{ ...ALLOWED, action: "lambda:GetFunction" }, false],
      [{ ...ALLOWED, function: "other" }, false],
      [{ ...ALLOWED, principal: "events.amazonaws.com" }, false],
      [{ ...ALLOWED, sourceAccount: "210987654321" }, false],
      [{ ...ALLOWED, sourceArn: `${ARN}2` }, false],
    ];
    assert.equal(mayInvoke(store, FUNCTION, ARN), false);
    for (const [inputs, expected] of cases) {
      put("aws:lambda/permission:Permission", inputs);
      assert.equal(mayInvoke(store, FUNCTION, ARN), expected, JSON.stringify(inputs));
    }
  });

  it("is that of the secret's name or ARN, with its rules and its last time", () => {
    assert.equal(rotationOf(store, SECRET), undefined);
    const type = "aws:secretsmanager/secretRotation:SecretRotation";
    const rotationRules = { scheduleExpression: "rate(12 hours)", duration: "1h" };
    const rules = { ScheduleExpression: "rate(12 hours)", Duration: "1h" };
    for (const secretId of [ARN, "orders"]) {
      put(type, { secretId, rotationLambdaArn: FUNCTION, rotationRules });
      assert.deepEqual(rotationOf(store, SECRET), { functionArn: FUNCTION, rules });
    }
    noteRotated(store, SECRET, 17);
    assert.deepEqual(rotationOf(store, SECRET), { functionArn: FUNCTION, rules, last: 17 });
    forgetRotation(store, ARN);
    put(type, {
      ...{ secretId: ARN, rotationLambdaArn: FUNCTION },
      rotationRules: { automaticallyAfterDays: 30 },
    });
    assert.deepEqual(rotationOf(store, SECRET), {
      ...{ functionArn: FUNCTION, rules: { AutomaticallyAfterDays: 30 } },
    });
  });
});
