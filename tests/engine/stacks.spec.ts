import * as assert from "node:assert/strict";
import type { StackSettings } from "../../local/engine/engine";
import { listStacks } from "../../preflight/simulation/program/stack-file";
import { PROJECT, readSettings, runProgram } from "../../local/engine/project";
import { inSandbox, type Program, type Step, stepsInto } from "./support/harness";
import {
  assertChain,
  assertOrder,
  assertOwnCluster,
  dependenciesOf,
  resourcesOf,
} from "./support/order";
import { chainOf } from "./support/program";

interface Subject {
  readonly program: Program;
  readonly settings?: StackSettings;
}

const SUBJECTS: Readonly<Record<string, Subject>> = {
  "the components alone": { program: chainOf() },
  ...Object.fromEntries(
    listStacks(PROJECT).map((name): [string, Subject] => [
      `the stack ${name}`,
      { program: runProgram, settings: readSettings(name) },
    ]),
  ),
};

for (const [name, { program, settings }] of Object.entries(SUBJECTS)) {
  describe(`${name} on the real engine`, () => {
    it("comes up, does not change at a second up or a refresh, and goes in order", async () => {
      await inSandbox(async ({ open, configure }) => {
        const { stack, cloud } = await open(program, { settings });
        await stack.preview();
        assert.deepEqual(cloud.store.all(), []);

        const first = await stack.up();
        const made = cloud.store.all();
        assert.ok(made.length > 15, `only ${made.length} resources`);
        const same = { same: first.summary.resourceChanges?.create };
        const second = await stack.up({ expectNoChanges: true });
        assert.deepEqual(second.summary.resourceChanges, same);
        const refreshed = await stack.refresh({ expectNoChanges: true });
        assert.deepEqual(refreshed.summary.resourceChanges, same);
        assert.deepEqual(cloud.store.all(), made);

        assertOwnCluster(await resourcesOf(stack));

        if (isProtected(settings)) {
          await assert.rejects(stack.destroy({ previewOnly: true }), /protect/);
          assert.deepEqual(cloud.store.all(), made);
          configure(disposable(settings));
          await stack.up();
        }
        const dependencies = await dependenciesOf(stack);
        const steps: Step[] = [];
        await stack.destroy({ onEvent: stepsInto(steps) });
        assertOrder(steps, dependencies);
        assertChain(steps);
        assert.deepEqual(cloud.store.all(), []);
        assert.deepEqual(await resourcesOf(stack), []);
      });
    });
  });
}

/** Whether one of the stack's databases is protected, as one is that says nothing else. */
function isProtected(settings: StackSettings | undefined): settings is StackSettings {
  const apps = (settings?.config?.["eks-db-secrets:apps"] ?? []) as readonly App[];
  return apps.some(
    ({ database }) => database.of === undefined && database.lifecycle !== "disposable",
  );
}

interface App {
  /** One of its own, or that `of` another app. */
  readonly database: { readonly of?: string; readonly lifecycle?: string };
}

/** What a person changes to take a protected stack down. */
function disposable({ config = {} }: StackSettings): StackSettings {
  const apps = config["eks-db-secrets:apps"] as readonly App[];
  const { create, ...existing } = config["eks-db-secrets:cluster"] as { readonly create?: object };
  return {
    config: {
      ...config,
      "eks-db-secrets:cluster":
        create === undefined ? existing : { create: { ...create, deletionProtection: false } },
      "eks-db-secrets:apps": apps.map(({ database, ...app }) => ({
        ...app,
        database: { ...database, lifecycle: "disposable" },
      })),
    },
  };
}
