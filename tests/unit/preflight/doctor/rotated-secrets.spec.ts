import * as assert from "node:assert/strict";
import { CONNECTION_SHAPE, DatabaseUser, SecureDatabase } from "../../../../components";
import { rotatedSecrets } from "../../../../preflight/doctor/facts/rotated-secrets";
import { rotationFunctionsOf } from "../../../../preflight/doctor/facts/rotation-functions";
import { evaluate, type Registration } from "../../../../preflight/simulation/mocks/run";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { Draft } from "./draft";
import { stackRegistrations } from "./programs";

const FUNCTION = "aws:lambda/function:Function";

const secretsIn = (registrations: readonly Registration[]) =>
  rotatedSecrets(rotationFunctionsOf(registrations));

const withFunction = async (environment: unknown) =>
  secretsIn(
    new Draft(await stackRegistrations("Pod Identity and Helm")).add(FUNCTION, "rotation", {
      environment,
    }).registrations,
  );

describe("the secrets that a function writes", () => {
  it("hold the keys of the component, in their types", async () => {
    const { registrations } = await evaluate(() => {
      const database = new SecureDatabase("orders", {
        vpcId: "vpc-1",
        subnetIds: ["subnet-a", "subnet-b"],
        clients: { pods: "sg-pods" },
        databaseName: "orders",
      });
      new DatabaseUser("app", { database });
    });
    const secret = registrations.find(({ name }) => name === "app-credentials");
    const rotated = secretsIn(registrations);
    assert.deepEqual([...rotated.keys()], [secret?.outputs.arn]);
    const [found] = rotated.values();
    assert.equal(found?.function.name, "app-rotation");
    assert.deepEqual(found.content, { shape: CONNECTION_SHAPE, ssl: "on" });
  });

  it("are none of a function without settings, or whose settings are not known or no JSON", async () => {
    for (const environment of [
      undefined,
      UNKNOWN,
      { variables: { OTHER: "{}" } },
      { variables: { ROTATION_SETTINGS: UNKNOWN } },
      { variables: { ROTATION_SETTINGS: "{" } },
      { variables: { ROTATION_SETTINGS: "[]" } },
      { variables: { ROTATION_SETTINGS: JSON.stringify({ secretArn: 1 }) } },
      { variables: { ROTATION_SETTINGS: JSON.stringify({ secretArn: UNKNOWN }) } },
    ]) {
      assert.equal((await withFunction(environment)).size, 0, JSON.stringify(environment));
    }
  });

  it("are told by the ARN in its settings alone", async () => {
    const ROTATION_SETTINGS = JSON.stringify({ secretArn: "arn:x" });
    const rotated = await withFunction({ variables: { ROTATION_SETTINGS } });
    assert.deepEqual([...rotated.keys()], ["arn:x"]);
  });
});
