import * as assert from "node:assert/strict";
import type { SecureDatabaseArgs } from "../../components";
import { asPulumiFn, inSandbox, inventory, terseCli } from "./support/harness";
import { chainOf } from "./support/program";
import { DATABASE_CHANGES } from "./support/update-cases";

const database = { lifecycle: "protected" } as const;

/** Those that docs/updates.md lists as replacing the instance. */
const REPLACING: readonly Partial<SecureDatabaseArgs>[] = [
  DATABASE_CHANGES.databaseName.to,
  DATABASE_CHANGES.username.to,
  DATABASE_CHANGES.kmsKeyArn.to,
  DATABASE_CHANGES.restoreFrom.to,
];

describe("a protected database on the real engine", () => {
  it("refuses every change that would replace it, at preview", async () => {
    await inSandbox(async ({ open }) => {
      const { stack, cloud } = await open(chainOf({ database }), { cli: await terseCli() });
      await stack.up();
      const before = inventory(cloud);
      for (const change of REPLACING) {
        const program = asPulumiFn(chainOf({ database: { ...database, ...change } }));
        await assert.rejects(
          stack.preview({ program }),
          /orders-instance.*protect/s,
          Object.keys(change).join(),
        );
      }
      assert.deepEqual(inventory(cloud), before);
    });
  });

  it("keeps destroy, with its preview, from deleting anything", async () => {
    await inSandbox(async ({ open }) => {
      const { stack, cloud } = await open(chainOf({ database }));
      await stack.up();
      const before = inventory(cloud);
      await assert.rejects(stack.destroy({ previewOnly: true }), /protect/);
      assert.deepEqual(inventory(cloud), before);
    });
  });

  it("is destroyed with the stack once it is disposable", async () => {
    await inSandbox(async ({ open }) => {
      const { stack, cloud } = await open(chainOf({ database }));
      await stack.up();
      const disposable = chainOf({ database: { lifecycle: "disposable" } });
      await stack.up({ program: asPulumiFn(disposable) });
      await stack.destroy();
      assert.deepEqual(inventory(cloud), []);
    });
  });
});
