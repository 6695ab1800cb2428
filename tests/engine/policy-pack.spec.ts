import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { createRequire } from "node:module";
import type { Stack } from "@pulumi/pulumi/automation";
import { transformSync } from "esbuild";
import { PROJECT, readSettings, runProgram } from "../../local/engine/project";
import { inSandbox, type Program, type Sandbox } from "./support/harness";
import { withPolicyHost } from "./support/policy-host";
import {
  POLICY_EXECUTABLE,
  POLICY_PACK,
  policyAnalysis,
  violationsIn,
} from "./support/policy-analysis";

/** What a preview prints, whether it fails or not. */
async function previewed(
  stack: Stack,
  policyPack: string,
): Promise<{ readonly failed: boolean; readonly text: string }> {
  try {
    const { stdout } = await stack.preview({ policyPacks: [policyPack] });
    return { failed: false, text: stdout };
  } catch (error) {
    return { failed: true, text: String(error) };
  }
}

const EXAMPLE = path.join(PROJECT, "examples/hand-written/index.ts");

/** The example without what the local cloud does not know: a version of the class, and a parameter. */
function handWritten({ folder }: Sandbox): Program {
  const source = fs
    .readFileSync(EXAMPLE, "utf8")
    .replace("secrets-store.csi.x-k8s.io/v1alpha1", "secrets-store.csi.x-k8s.io/v1")
    .replace(/new aws\.ssm\.Parameter\([\s\S]*?\n\}\);\n/, "");
  assert.ok(!/v1alpha1|ssm/.test(source));
  const file = path.join(folder, "hand-written.cjs");
  fs.writeFileSync(file, transformSync(source, { loader: "ts", format: "cjs" }).code);
  fs.symlinkSync(path.join(PROJECT, "node_modules"), path.join(folder, "node_modules"));
  const load = createRequire(file);
  return () => {
    delete load.cache[load.resolve(file)];
    return load(file) as Record<string, unknown>;
  };
}

describe("the policy pack on the real engine", () => {
  it("refuses the hand-written example at its first preview, with what can be told by then", async () => {
    await inSandbox(async (sandbox) => {
      const { stack } = await sandbox.open(handWritten(sandbox));
      await withPolicyHost(sandbox.folder, async () => {
        const { failed, text } = await previewed(stack, POLICY_PACK);
        assert.equal(failed, true);
        assert.deepEqual([...new Set(violationsIn(text))].sort(), [
          ...["class-edit-unnoticed", "database-open-to-addresses", "identity-undecided"].map(
            advisory,
          ),
          ...["pod-not-ordered", "provider-tolerations-missing"].map(advisory),
          ...["rotation-off", "tls-not-forced", "values-undecided"].map(advisory),
          ...["driver-installed-twice", "sync-not-enabled", "token-audience-missing"].map(
            mandatory,
          ),
        ]);
      });
    });
  });

  for (const [name, noted] of [
    ["dev", "api-open-to-the-world"],
    ["prod", "load-balancer-controller-missing"],
  ] as const) {
    it(`lets the stack ${name} pass at its first preview, and does not call it fine`, async () => {
      await inSandbox(async ({ open }) => {
        const { stack } = await open(runProgram, { settings: readSettings(name) });
        const { failed, text } = await previewed(stack, POLICY_EXECUTABLE);
        assert.equal(failed, false, text);
        const found = violationsIn(text);
        assert.deepEqual(
          found.filter((each) => !each.endsWith("-undecided")),
          // Known at a preview already.
          [advisory(noted)],
        );
        assert.ok(found.includes("advisory values-undecided"), text);
      });
    });
  }

  it("judges the stack dev as it stands, also without its passphrase", async () => {
    await inSandbox(async ({ folder, open }) => {
      const { stack } = await open(runProgram, { settings: readSettings("dev") });
      await stack.up();
      assert.deepEqual(await policyAnalysis(stack), {
        code: 0,
        violations: ["api-open-to-the-world", "master-user-in-app"].map(advisory),
      });
      const fromFile = path.join(folder, "state.json");
      const { code, violations } = await policyAnalysis(stack, { fromFile });
      assert.deepEqual(
        [code, [...new Set(violations)].sort()],
        [0, ["api-open-to-the-world", "secret-undecided", "values-undecided"].map(advisory)],
      );
    });
  });
});

const advisory = (rule: string): string => `advisory ${rule}`;
const mandatory = (rule: string): string => `mandatory ${rule}`;
