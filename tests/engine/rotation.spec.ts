import * as assert from "node:assert/strict";
import { openMachine } from "../../local/engine/machine";
import { DEPLOYMENT } from "../../local/kubelet/kubelet";
import { inSandbox } from "./support/harness";
import { rotatingChain } from "./support/rotating";

describe("a stack with rotating credentials", () => {
  it("comes up", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const program = rotatingChain(machine.authority.certificate);
      const { stack, cloud } = await open(program, { hooks: machine.hooks });
      try {
        await stack.up();
        const [deployment] = cloud.store.all(DEPLOYMENT);
        assert.ok(deployment);
        const pod = machine.kubelet.start(deployment, cloud.store);
        const connected = await machine.kubelet.check(pod, cloud.store);
        console.log(connected, pod);
        await stack.up({ expectNoChanges: true });
        await stack.refresh({ expectNoChanges: true });
      } finally {
        console.log(require("fs").readdirSync(folder), require("fs").existsSync(folder+"/functions")&&require("child_process").execSync(`cat ${folder}/functions/*/log`).toString());
        await machine.clear();
      }
    });
  });
});
