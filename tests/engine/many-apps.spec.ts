import * as assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import { CsiSecretsApp, CsiSecretsDriver, SecureDatabase } from "../../components";
import {
  asPulumiFn,
  inSandbox,
  type Program,
  type Step,
  shortName,
  stepsInto,
} from "./support/harness";
import { appArgs, databaseArgs, KUBECONFIG } from "./support/program";

const APPS = 50;
const CHANGED = "app-17";

const apps =
  (replicasOfChanged: number): Program =>
  () => {
    const provider = new kubernetes.Provider("cluster", { kubeconfig: KUBECONFIG });
    const driver = new CsiSecretsDriver("secrets", { region: "eu-central-1" }, { provider });
    for (let number = 1; number <= APPS; number++) {
      const name = `app-${number}`;
      const database = new SecureDatabase(`db-${number}`, databaseArgs);
      new CsiSecretsApp(
        name,
        {
          ...appArgs,
          driver,
          namespace: name,
          secretName: database.secretName,
          secretArn: database.secretArn,
          replicas: name === CHANGED ? replicasOfChanged : 2,
        },
        { provider, dependsOn: [database] },
      );
    }
    return undefined;
  };

describe(`${APPS} apps on the real engine`, () => {
  it("come up, do not change at a second up, and do not touch each other", async () => {
    await inSandbox(async ({ open }) => {
      const { stack } = await open(apps(2));
      const { summary } = await stack.up();
      assert.ok((summary.resourceChanges?.create ?? 0) > APPS * 15);
      await stack.up({ expectNoChanges: true });

      const steps: Step[] = [];
      await stack.up({ program: asPulumiFn(apps(3)), onEvent: stepsInto(steps) });
      const touched = steps.map(({ operation, urn }) => `${operation} ${shortName(urn)}`);
      assert.deepEqual(touched, [`update Deployment ${CHANGED}-deployment`]);
    });
  });
});
