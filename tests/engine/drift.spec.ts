import * as assert from "node:assert/strict";
import { inSandbox, type Step, stepsInto } from "./support/harness";
import { chainOf } from "./support/program";

describe("what was deleted or changed without the engine", () => {
  it("is seen at refresh and created again", async () => {
    await inSandbox(async ({ open }) => {
      const { stack, cloud } = await open(chainOf());
      await stack.up();
      const [lost] = cloud.store.all("kubernetes:core/v1:ConfigMap");
      assert.ok(lost);
      cloud.store.remove(lost.type, lost.id);
      const refreshed = await stack.refresh();
      assert.equal(refreshed.summary.resourceChanges?.delete, 1);
      const steps: Step[] = [];
      await stack.up({ onEvent: stepsInto(steps) });
      assert.ok(steps.some((step) => step.operation === "create" && step.urn === lost.urn));
      assert.ok(cloud.store.get(lost.type, lost.id));
    });
  });

  it("is changed back to what the program declares", async () => {
    await inSandbox(async ({ open }) => {
      const { stack, cloud } = await open(chainOf());
      await stack.up();
      const [instance] = cloud.store.all("aws:rds/instance:Instance");
      assert.ok(instance);
      const opened = { publiclyAccessible: true };
      cloud.store.put({
        ...instance,
        inputs: { ...instance.inputs, ...opened },
        outputs: { ...instance.outputs, ...opened },
      });
      const refreshed = await stack.refresh();
      assert.equal(refreshed.summary.resourceChanges?.update, 1);
      const steps: Step[] = [];
      await stack.up({ onEvent: stepsInto(steps) });
      assert.ok(steps.some((step) => step.operation === "update" && step.urn === instance.urn));
      const mended = cloud.store.get(instance.type, instance.id);
      assert.equal(mended?.inputs.publiclyAccessible, false);
    });
  });
});
