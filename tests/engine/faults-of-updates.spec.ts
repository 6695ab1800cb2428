import * as assert from "node:assert/strict";
import type { StackSettings } from "../../local/engine/engine";
import { readSettings, runProgram } from "../../local/engine/project";
import { unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import type { LocalCloud } from "../../local/server/local-cloud";
import { struck } from "./support/failing";
import { inSandbox, inventory, shortName, type Step, stepsInto, terseCli } from "./support/harness";
import { chainOf } from "./support/program";

const BEFORE = readSettings("local");

/** Changes that update as many resources as possible, and replace none. */
const AFTER: StackSettings = {
  config: {
    ...BEFORE.config,
    "eks-db-secrets:tags": { team: "orders" },
    "eks-db-secrets:cluster": { create: { version: "1.36", nodes: { min: 2, max: 6 } } },
    "eks-db-secrets:driver": { mode: "helm", rotation: { pollInterval: "90s" } },
    "eks-db-secrets:apps": [
      {
        name: "orders",
        moreSecrets: [{ secretName: "orders/mail", env: { SMTP_PASSWORD: "password" } }],
        database: {
          name: "orders",
          lifecycle: "disposable",
          parameters: { log_min_duration_statement: { value: "250", apply: "immediate" } },
          logRetentionDays: 90,
        },
      },
    ],
  },
};

/** What each thing was made with, by its URN. */
const contents = ({ store }: LocalCloud): Readonly<Record<string, unknown>> =>
  Object.fromEntries(store.all().map(({ urn, inputs }) => [urn, unwrapSecrets(inputs)]));

describe("when the cloud fails", () => {
  it("at any one update of a stack, the next run makes up for it", async () => {
    await inSandbox(async ({ open, configure }) => {
      const opening = { settings: BEFORE, cli: await terseCli() };
      const { stack, cloud } = await open(runProgram, opening);
      await stack.up();
      const sound = inventory(cloud);
      const before = { settings: BEFORE, contents: contents(cloud) };
      configure(AFTER);
      const steps: Step[] = [];
      await stack.up({ onEvent: stepsInto(steps) });
      const after = { settings: AFTER, contents: contents(cloud) };
      assert.deepEqual([...new Set(steps.map(({ operation }) => operation))], ["update"]);
      assert.ok(steps.length > 30, `only ${steps.length} things are updated`);

      // Back and forth: each run updates what the run before it did.
      for (const [index, { urn }] of steps.entries()) {
        const side = index % 2 === 0 ? before : after;
        configure(side.settings);
        cloud.faults.inject({ kind: "fail", operation: "update", urn });
        await struck(() => stack.up(), `update of ${shortName(urn)}`);
        await stack.up();
        assert.deepEqual(inventory(cloud), sound, shortName(urn));
        assert.deepEqual(contents(cloud), side.contents, shortName(urn));
      }
      await stack.up({ expectNoChanges: true });
      assert.equal(cloud.faults.injected.length, steps.length);
      console.log(`  ${cloud.faults.injected.length} updates failed and were made up for`);
    });
  });

  it("to make a pod ready, the up fails and the next one updates the pod", async () => {
    await inSandbox(async ({ open }) => {
      const { stack, cloud } = await open(chainOf());
      const urn = "Deployment::orders-api-deployment";
      cloud.faults.inject({ kind: "never ready", operation: "create", urn });
      await assert.rejects(stack.up(), /timed out waiting to be ready/);
      const made = inventory(cloud);
      assert.ok(made.some((one) => one.endsWith(urn)));
      const steps: Step[] = [];
      await stack.up({ onEvent: stepsInto(steps) });
      assert.ok(steps.some((step) => step.operation === "update" && step.urn.endsWith(urn)));
      const since = inventory(cloud).filter((one) => !made.includes(one));
      assert.deepEqual(since.map(shortName), ["Service orders-api-service"]);
      assert.equal(inventory(cloud).length, made.length + 1);
    });
  });
});
