import * as assert from "node:assert/strict";
import type { Stack } from "@pulumi/pulumi/automation";
import { inSandbox, type Step, shortName, stepsInto } from "./support/harness";
import { chainOf } from "./support/program";

describe("the components on the real engine", () => {
  it("live from preview to destroy and leave nothing", async () => {
    await inSandbox(async ({ open }) => {
      const { stack, cloud } = await open(chainOf());

      await stack.preview();
      assert.deepEqual(cloud.store.all(), []);

      const first = await stack.up();
      const made = first.summary.resourceChanges?.create ?? 0;
      assert.ok(made > 20, `only ${made} resources were made`);
      assert.ok(cloud.store.all().length > 15);

      const second = await stack.up({ expectNoChanges: true });
      assert.deepEqual(second.summary.resourceChanges, { same: made });

      const refreshed = await stack.refresh({ expectNoChanges: true });
      assert.deepEqual(refreshed.summary.resourceChanges, { same: made });

      const destroyed = await stack.destroy();
      assert.deepEqual(destroyed.summary.resourceChanges, { delete: made });
      assert.deepEqual(cloud.store.all(), []);
      assert.deepEqual(await resourcesOf(stack), []);
    });
  });

  it("are deleted before whatever they depend on", async () => {
    await inSandbox(async ({ open }) => {
      const { stack } = await open(chainOf());
      await stack.up();
      const dependencies = await dependenciesOf(stack);
      const steps: Step[] = [];
      await stack.destroy({ onEvent: stepsInto(steps) });
      const order = steps.map(({ urn }) => urn);
      const wrong = dependencies
        .filter(({ from, to }) => order.indexOf(from) > order.indexOf(to))
        .map(({ from, to }) => `${shortName(from)} went after ${shortName(to)}`);
      assert.deepEqual(wrong, []);

      const place = (name: string) => order.findIndex((urn) => shortName(urn) === name);
      const chain = [
        "Deployment orders-api-deployment",
        "SecretProviderClass orders-api-secrets",
        "Release secrets-release",
        "kubernetes cluster",
      ];
      const places = chain.map(place);
      assert.ok(!places.includes(-1), `not deleted: ${chain[places.indexOf(-1)]}`);
      assert.deepEqual(
        places,
        [...places].sort((a, b) => a - b),
      );
      const [version, instance] = [
        "SecretVersion orders-connection-value",
        "Instance orders-instance",
      ].map(place);
      assert.ok(version !== undefined && version >= 0);
      assert.ok(instance !== undefined && version < instance);
    });
  });

  it("see a lost object at refresh and make it again", async () => {
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
});

interface Dependency {
  readonly from: string;
  readonly to: string;
}

interface Recorded {
  readonly urn: string;
  readonly dependencies?: readonly string[];
  readonly parent?: string;
}

async function resourcesOf(stack: Stack): Promise<readonly Recorded[]> {
  const { deployment } = await stack.exportStack();
  return (deployment as { resources?: readonly Recorded[] }).resources ?? [];
}

/** Every edge between resources in the recorded state, parents included. */
async function dependenciesOf(stack: Stack): Promise<readonly Dependency[]> {
  const resources = await resourcesOf(stack);
  return resources.flatMap(({ urn, dependencies = [], parent }) =>
    [...dependencies, ...(parent === undefined ? [] : [parent])].map((to) => ({ from: urn, to })),
  );
}
