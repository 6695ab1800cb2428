import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { type Language, LANGUAGES, withExample } from "../../scripts/example";
import { generateSdk } from "../../scripts/sdk";
import { inventory } from "./support/harness";

/** What the two components declare for the example; Python has a Kubernetes provider of its own besides. */
const RESOURCES: Readonly<Record<Language, number>> = { python: 27, go: 26, yaml: 26 };

for (const language of LANGUAGES) {
  describe(`the example in ${language} on the real engine`, () => {
    it("comes up, stays as it is, and goes", async () => {
      await withExample(language, async ({ stack, cloud }) => {
        const first = await stack.up();
        assert.deepEqual(first.summary.resourceChanges, { create: RESOURCES[language] });
        assert.deepEqual(Object.keys(first.outputs).sort(), ["secretName", "serviceName"]);
        assert.equal(first.outputs.serviceName?.value, "orders-api");
        const second = await stack.up({ expectNoChanges: true });
        assert.deepEqual(second.summary.resourceChanges, { same: RESOURCES[language] });
        await stack.destroy();
        assert.deepEqual(inventory(cloud), []);
      });
    });
  });
}

describe("the SDK for Node.js", () => {
  it("compiles", async () => {
    const project = ["--noEmit", "--project", await generateSdk("nodejs")];
    execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), ...project]);
  });
});
