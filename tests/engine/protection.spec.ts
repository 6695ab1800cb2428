import * as assert from "node:assert/strict";
import type { LocalCloud } from "../../local/server/local-cloud";
import { inSandbox } from "./support/harness";
import { chainOf } from "./support/program";

const database = { lifecycle: "protected" } as const;

const inventory = ({ store }: LocalCloud): readonly string[] => store.all().map(({ id }) => id);

describe("a protected database on the real engine", () => {
  it("refuses a change that would replace it, at preview", async () => {
    await inSandbox(async ({ open }) => {
      const { stack, cloud } = await open(chainOf({ database }));
      await stack.up();
      const before = inventory(cloud);
      const renamed = chainOf({ database: { ...database, databaseName: "other" } });
      const program = () => Promise.resolve(renamed() ?? {});
      await assert.rejects(stack.preview({ program }), /orders-instance.*protect/s);
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

  it("goes with the stack once it is disposable", async () => {
    await inSandbox(async ({ open }) => {
      const { stack, cloud } = await open(chainOf({ database }));
      await stack.up();
      const disposable = chainOf({ database: { lifecycle: "disposable" } });
      await stack.up({ program: () => Promise.resolve(disposable() ?? {}) });
      await stack.destroy();
      assert.deepEqual(inventory(cloud), []);
    });
  });
});
