import * as assert from "node:assert/strict";
import * as path from "node:path";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { appArgs, databaseArgs, KUBECONFIG } from "./support/program";
import { inSandbox, inventory, type Program } from "./support/harness";

const PLUGIN = path.resolve(__dirname, "../../components/plugin");

/** A component as programs of other languages ask for it. */
class Remote extends pulumi.ComponentResource {
  declare readonly secretName: pulumi.Output<string>;
  declare readonly secretArn: pulumi.Output<string>;

  constructor(
    type: string,
    name: string,
    args: pulumi.Inputs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const outputs = { secretName: undefined, secretArn: undefined };
    super(`eks-db-secrets:index:${type}`, name, { ...outputs, ...args }, opts, true);
  }
}

const program: Program = () => {
  const provider = new kubernetes.Provider("cluster", { kubeconfig: KUBECONFIG });
  const orders = new Remote("SecureDatabase", "orders", databaseArgs);
  new Remote(
    "CsiSecretsApp",
    "orders-api",
    { ...appArgs, secretName: orders.secretName, secretArn: orders.secretArn },
    { provider, dependsOn: orders },
  );
  return { secretName: orders.secretName };
};

describe("the plugin", () => {
  const before = process.env.PATH;
  beforeEach(() => void (process.env.PATH = `${PLUGIN}:${before}`));
  afterEach(() => void (process.env.PATH = before));

  it("makes what the TypeScript components make", async () => {
    await inSandbox(async ({ open }) => {
      const engine = await open(program);
      const { summary } = await engine.stack.up();
      console.log(summary.resourceChanges, inventory(engine.cloud));
      const second = await engine.stack.up({ expectNoChanges: true });
      console.log(second.summary.resourceChanges);
      await engine.stack.destroy();
      assert.deepEqual(inventory(engine.cloud), []);
    });
  });
});
