import * as assert from "node:assert/strict";
import { readSettings, runProgram } from "../../local/engine/project";
import { inSandbox } from "./support/harness";

/** Stacks that hold a protected database: `destroy` must not touch them. */
const PROTECTED = ["existing", "prod"];

for (const name of ["dev", "existing", "local", "prod"]) {
  describe(`the stack ${name} on the real engine`, () => {
    it("comes up, does not change at a second up or a refresh, and goes", async () => {
      await inSandbox(async ({ open }) => {
        const { stack, cloud } = await open(runProgram, { settings: readSettings(name) });
        await stack.preview();
        assert.deepEqual(cloud.store.all(), []);

        await stack.up();
        const made = cloud.store.all();
        assert.ok(made.length > 20);
        await stack.up({ expectNoChanges: true });
        await stack.refresh({ expectNoChanges: true });
        assert.deepEqual(cloud.store.all(), made);

        if (PROTECTED.includes(name)) {
          await assert.rejects(stack.destroy({ previewOnly: true }), /protect/);
          assert.deepEqual(cloud.store.all(), made);
          return;
        }
        await stack.destroy();
        assert.deepEqual(cloud.store.all(), []);
      });
    });
  });
}
