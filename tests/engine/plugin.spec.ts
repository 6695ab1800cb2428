import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as path from "node:path";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CsiSecretsApp, SecureDatabase } from "../../components";
import { appArgs, databaseArgs, KUBECONFIG } from "./support/program";
import { inSandbox, inventory, type Program } from "./support/harness";

const PLUGIN = path.resolve(__dirname, "../../components/plugin");
const BUILD = path.resolve(__dirname, "../../scripts/build-packages.cjs");

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

const inTypeScript: Program = () => {
  const provider = new kubernetes.Provider("cluster", { kubeconfig: KUBECONFIG });
  const orders = new SecureDatabase("orders", databaseArgs);
  const { secretName, secretArn } = orders;
  const app = { ...appArgs, secretName, secretArn };
  new CsiSecretsApp("orders-api", app, { provider, dependsOn: orders });
  return { secretName };
};

describe("the plugin", () => {
  const own = process.env.PATH;
  before(() => void execFileSync(process.execPath, [BUILD, "components"]));
  beforeEach(() => void (process.env.PATH = `${PLUGIN}:${own}`));
  afterEach(() => void (process.env.PATH = own));

  it("makes what the TypeScript components make, under the same URNs", async () => {
    const made: string[][] = [];
    for (const each of [program, inTypeScript]) {
      await inSandbox(async ({ open }) => {
        const { stack, cloud } = await open(each);
        const { summary } = await stack.up();
        made.push([...inventory(cloud)]);
        const second = await stack.up({ expectNoChanges: true });
        assert.deepEqual(second.summary.resourceChanges, { same: summary.resourceChanges?.create });
        await stack.destroy();
        assert.deepEqual(inventory(cloud), []);
      });
    }
    assert.deepEqual(made[0], made[1]);
  });

  it("tells all mistakes to the program that made them", async () => {
    await inSandbox(async ({ open }) => {
      const { stack } = await open(() => {
        const wrong = { ...databaseArgs, databaseName: "Orders!", prot: 5432 };
        return void new Remote("SecureDatabase", "orders", wrong);
      });
      await assert.rejects(stack.preview(), (error: Error) => {
        assert.match(error.message, /prot.* is not known; did you mean 'port'\?/);
        assert.match(error.message, /databaseName.* must be .*"Orders!"/);
        return true;
      });
    });
  });

  it("refuses a second driver in one cluster, also of another component", async () => {
    await inSandbox(async ({ open }) => {
      const { stack } = await open(() => {
        const provider = new kubernetes.Provider("cluster", { kubeconfig: KUBECONFIG });
        for (const name of ["first", "second"]) {
          const args = { ...appArgs, namespace: name, secretName: "shared/smtp" };
          new Remote("CsiSecretsApp", name, args, { provider });
        }
        return undefined;
      });
      await assert.rejects(stack.preview(), /a cluster that already gets the driver from/);
    });
  });
});
