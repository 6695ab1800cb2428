import * as assert from "node:assert/strict";
import type { LocalCloud } from "../../local/server/local-cloud";
import type { Stack } from "@pulumi/pulumi/automation";
import { inSandbox, type Program, shortName, type Step, stepsInto } from "./support/harness";
import { chainOf, type Overrides } from "./support/program";

/** Every URN that a sound run makes, and what a sound cloud holds then. */
async function soundRun(program: Program): Promise<readonly string[]> {
  let urns: readonly string[] = [];
  await inSandbox(async ({ open }) => {
    const { stack, cloud } = await open(program);
    await stack.up();
    urns = inventory(cloud);
  });
  return urns;
}

const inventory = (cloud: LocalCloud): readonly string[] =>
  cloud.store
    .all()
    .map(({ urn }) => urn)
    .sort();

/** Changes that update as many resources as possible, and replace none. */
const EVERYTHING_CHANGED: Overrides = {
  database: {
    tags: { team: "orders" },
    parameters: { log_min_duration_statement: { value: "250", apply: "immediate" } },
    logRetentionDays: 90,
    instanceClass: "db.t4g.medium",
  },
  driver: { rotation: { pollInterval: "90s" } },
  app: { replicas: 3, tags: { team: "orders" }, files: { "tls-mode": "ssl" } },
};

const programOf = (program: Program) => () => Promise.resolve(program() ?? {});

async function updatesBetween(stack: Stack, after: Program): Promise<readonly string[]> {
  const steps: Step[] = [];
  await stack.preview({ program: programOf(after), onEvent: stepsInto(steps) });
  const replaced = steps.filter(({ operation }) => operation.includes("replace"));
  assert.deepEqual(replaced, []);
  return steps.filter(({ operation }) => operation === "update").map(({ urn }) => urn);
}

const fails = async (operation: Promise<unknown>): Promise<boolean> =>
  operation.then(
    () => false,
    () => true,
  );

describe("when the cloud fails", () => {
  let sound: readonly string[];

  before(async () => {
    sound = await soundRun(chainOf());
    assert.ok(sound.length > 15);
  });

  it("each create that fails once is made up for by the next up, nothing twice or lost", async () => {
    await inSandbox(async ({ open }) => {
      const { stack, cloud } = await open(chainOf());
      for (const urn of sound) {
        cloud.faults.inject({ kind: "fail", operation: "create", urn });
        assert.ok(await fails(stack.up()), `${shortName(urn)}: the run with the fault passed`);
        assert.ok(!inventory(cloud).includes(urn));
        await stack.up();
        assert.deepEqual(inventory(cloud), sound, shortName(urn));
        await stack.destroy();
        assert.deepEqual(inventory(cloud), []);
      }
      assert.equal(cloud.faults.struck.length, sound.length);
    });
  });

  it("each delete that fails once is made up for by the next destroy", async () => {
    await inSandbox(async ({ open }) => {
      const { stack, cloud } = await open(chainOf());
      for (const urn of sound) {
        await stack.up();
        cloud.faults.inject({ kind: "fail", operation: "delete", urn });
        assert.ok(await fails(stack.destroy()), `${shortName(urn)}: the run with the fault passed`);
        assert.ok(inventory(cloud).includes(urn));
        await stack.destroy();
        assert.deepEqual(inventory(cloud), []);
      }
      assert.equal(cloud.faults.struck.length, sound.length);
    });
  });

  it("a pod that never gets ready fails the up and is recorded; the next up updates it", async () => {
    await inSandbox(async ({ open }) => {
      const { stack, cloud } = await open(chainOf());
      const urn = "Deployment::orders-api-deployment";
      cloud.faults.inject({ kind: "never ready", operation: "create", urn });
      await assert.rejects(stack.up(), /timed out waiting to be ready/);
      assert.ok(inventory(cloud).some((made) => made.endsWith(urn)));
      await stack.up();
      assert.deepEqual(inventory(cloud), sound);
    });
  });

  it("each update that fails once is made up for by the next up", async () => {
    await inSandbox(async ({ open }) => {
      const before = chainOf();
      const after = chainOf(EVERYTHING_CHANGED);
      const first = await open(before);
      await first.stack.up();
      const steps = await updatesBetween(first.stack, after);
      const updated = steps.filter((urn) => sound.includes(urn));
      assert.ok(updated.length >= 8, `only ${updated.length} resources are updated`);
      for (const urn of updated) {
        first.cloud.faults.inject({ kind: "fail", operation: "update", urn });
        assert.ok(
          await fails(first.stack.up({ program: programOf(after) })),
          `${shortName(urn)}: the run with the fault passed`,
        );
        await first.stack.up({ program: programOf(after) });
        await first.stack.up({ program: programOf(after), expectNoChanges: true });
        assert.deepEqual(inventory(first.cloud), sound, shortName(urn));
        await first.stack.up({ program: programOf(before) });
      }
      assert.equal(first.cloud.faults.struck.length, updated.length);
    });
  });
});
