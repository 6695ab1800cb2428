import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding } from "../../../preflight/doctor/findings";
import { textReport } from "../../../preflight/plan/report/text";
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

  const planned = (plans: Readonly<Record<string, { code: number; text: string }>>) =>
    planAll(Object.keys(plans), (stack) => plans[stack] ?? assert.fail(stack));

  it("puts a summary first, then the plans, the longest last, and keeps the worst exit code", () => {
    assert.deepEqual(
      planned({
        dev: { code: 0, text: "the longest plan is that of dev\n\n" },
        prod: { code: 2, text: "No plan of stack prod.\n" },
        test: { code: 1, text: "plan of test\n" },
      }),
      {
        code: 2,
        text: [
          "dev  no resources; findings: none",
          "prod  no plan",
          "test  no resources; findings: none",
          ...["", "", "plan of test"],
          ...["", "", "No plan of stack prod."],
          ...["", "", "the longest plan is that of dev", ""],
        ].join("\n"),
      },
    );
  });

  it("sums up what the report of a plan says, with its errors and warnings", () => {
    const plan = { project: "shop", stack: "dev", resources: [], apps: [], readers: [] };
    const finding = (id: string, severity: Finding["severity"]): Finding => ({
      ...{
        id,
        severity,
        message: `what ${id} found, which is more than stands on one line of a report`,
        remedy: "Do something.",
      },
    });
    const findings = [finding("a-b", "error"), finding("c-d", "warning"), finding("e-f", "note")];
    const { text } = planned({
      dev: { code: 1, text: textReport({ ...plan, findings }, { colour: false }) },
      prod: { code: 0, text: textReport({ ...plan, findings: [] }, { colour: false }) },
    });
    assert.deepEqual(text.slice(0, text.indexOf("\n\n")).split("\n"), [
      "dev  0 resources in 0 components; findings: 1 error, 1 warning, 1 note",
      "  error  what a-b found, which is more than stands on one line of a report  a-b",
      "  warning  what c-d found, which is more than stands on one line of a report c-d",
      "prod  0 resources in 0 components; findings: none",
    ]);
  });

  it("has nothing to say where there are no stacks", () => {
    assert.deepEqual(
      planAll([], () => assert.fail()),
      { code: 0, text: "" },
    );
  });
});
