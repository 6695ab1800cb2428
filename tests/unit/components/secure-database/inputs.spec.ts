import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { SecureDatabaseArgs } from "../../../../components/secure-database";
import { checkInputs } from "../../../../components/secure-database/inputs";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1";
const ARGS: SecureDatabaseArgs = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  clients: { cluster: "sg-1", jobs: "sg-2" },
  databaseName: "orders",
  kmsKeyArn: KEY,
  restoreFrom: { snapshotIdentifier: "before" },
};

const inputs = (args: Partial<SecureDatabaseArgs>) =>
  checkInputs("SecureDatabase 'orders'", { ...ARGS, ...args });

/** The value of an input. `promise()` rejects with what an `apply` threw; the type hides it. */
const settled = (input: unknown): Promise<unknown> =>
  (pulumi.output(input) as unknown as { promise(): Promise<unknown> }).promise();

describe("inputs that may be known late", () => {
  it("pass as they are", async () => {
    assert.deepEqual(await settled(inputs({})), {
      vpcId: "vpc-1",
      subnetIds: ["subnet-a", "subnet-b"],
      clients: { cluster: "sg-1", jobs: "sg-2" },
      kmsKeyArn: KEY,
      snapshotIdentifier: "before",
    });
  });

  it("are absent where they were left out", () => {
    const { kmsKeyArn, snapshotIdentifier } = inputs({
      kmsKeyArn: undefined,
      restoreFrom: undefined,
    });
    assert.deepEqual([kmsKeyArn, snapshotIdentifier], [undefined, undefined]);
  });

  const WRONG: readonly [Partial<SecureDatabaseArgs>, string][] = [
    [{ vpcId: "1" }, "vpcId"],
    [{ subnetIds: ["subnet-a"] }, "subnetIds"],
    [{ clients: { cluster: "sg-1", jobs: "1" } }, "clients.jobs"],
    [{ kmsKeyArn: "1" }, "kmsKeyArn"],
    [{ restoreFrom: { snapshotIdentifier: "" } }, "restoreFrom.snapshotIdentifier"],
  ];
  for (const [args, path] of WRONG) {
    it(`throw at once for a wrong '${path}'`, () =>
      assert.throws(() => inputs(args), { name: "ArgError", path }));
  }

  it("reject when a wrong one becomes known", async () => {
    const { vpcId } = inputs({ vpcId: pulumi.output("1") });
    await assert.rejects(settled(vpcId), { path: "vpcId" });
    const { subnetIds } = inputs({ subnetIds: pulumi.output(["subnet-a"]) });
    await assert.rejects(settled(subnetIds), { path: "subnetIds" });
  });

  it("count subnets before they are known, and compare them after", async () => {
    const late = () => pulumi.output("subnet-a");
    assert.throws(() => inputs({ subnetIds: [late()] }), { path: "subnetIds" });
    const { subnetIds } = inputs({ subnetIds: [late(), late()] });
    await assert.rejects(settled(subnetIds), { path: "subnetIds" });
  });
});
