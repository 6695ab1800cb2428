import * as assert from "node:assert/strict";
import * as path from "node:path";
import { PROJECT, readSettings, runProgram } from "../../local/engine/project";
import { inSandbox } from "./support/harness";
import { withPolicyHost } from "./support/policy-host";

const PACK = path.join(PROJECT, "preflight/policy");

describe("the policy pack on the real engine", () => {
  it("dev", async () => {
    await inSandbox(async ({ folder, open }) => {
      const { stack } = await open(runProgram, { settings: readSettings("dev") });
      await withPolicyHost(folder, async () => {
        const t = Date.now();
        const { stdout, stderr } = await stack.preview({ policyPacks: [PACK] });
        console.log(stdout.slice(-3000), stderr, Date.now() - t);
      });
    });
  });
});
