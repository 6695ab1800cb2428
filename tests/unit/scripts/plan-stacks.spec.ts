import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planAll, stacksIn } from "../../../scripts/plan-stacks.cjs";

describe("planning every stack", () => {
  it("finds the stacks by their settings files", () => {
    const directory = mkdtempSync(join(tmpdir(), "stacks-"));
    try {
      for (const file of ["Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.dev.yaml", "Pulumi.md"]) {
        writeFileSync(join(directory, file), "");
      }
      assert.deepEqual(stacksIn(directory), ["dev", "prod"]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("puts the plans one after another and keeps the worst exit code", () => {
    const plans = new Map([
      ["dev", { code: 0, text: "plan of dev\n\n" }],
      ["prod", { code: 2, text: "No plan of stack prod.\n" }],
      ["test", { code: 1, text: "plan of test\n" }],
    ]);
    assert.deepEqual(
      planAll([...plans.keys()], (stack) => plans.get(stack) ?? assert.fail(stack)),
      { code: 2, text: "plan of dev\n\n\nNo plan of stack prod.\n\n\nplan of test\n" },
    );
  });

  it("has nothing to say where there are no stacks", () => {
    assert.deepEqual(
      planAll([], () => assert.fail()),
      { code: 0, text: "" },
    );
  });
});
