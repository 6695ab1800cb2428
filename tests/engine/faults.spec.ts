import * as assert from "node:assert/strict";
import { readSettings, runProgram } from "../../local/engine/project";
import { struck } from "./support/failing";
import { inSandbox, inventory, shortName, terseCli } from "./support/harness";

describe("when the cloud fails", () => {
  it("at any one create or delete of a stack, the next run makes up for it", async () => {
    await inSandbox(async ({ open }) => {
      const settings = readSettings("local");
      const { stack, cloud } = await open(runProgram, { settings, cli: await terseCli() });
      await stack.up();
      const sound = inventory(cloud);
      assert.ok(sound.length > 40, `only ${sound.length} resources`);
      await stack.destroy();

      for (const urn of sound) {
        const where = shortName(urn);
        cloud.faults.inject({ kind: "fail", operation: "create", urn });
        await struck(() => stack.up(), `create of ${where}`);
        assert.ok(!inventory(cloud).includes(urn), where);
        await stack.up();
        assert.deepEqual(inventory(cloud), sound, where);

        cloud.faults.inject({ kind: "fail", operation: "delete", urn });
        await struck(() => stack.destroy(), `delete of ${where}`);
        assert.ok(inventory(cloud).includes(urn), where);
        await stack.destroy();
        assert.deepEqual(inventory(cloud), [], where);
      }
      assert.equal(cloud.faults.injected.length, 2 * sound.length);
      console.log(
        `  ${cloud.faults.injected.length} creates and deletes failed and were made up for`,
      );
    });
  });
});
