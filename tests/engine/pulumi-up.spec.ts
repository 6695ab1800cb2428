import * as assert from "node:assert/strict";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { accountIn } from "../../preflight/simulation/models/model";
import { environment } from "../../local/engine/engine";
import { serveLanguage } from "../../local/engine/language-host";
import { nodejs } from "../../local/engine/language-programs";
import { LocalCloud } from "../../local/server/local-cloud";
import { serve } from "../../local/server/servers";
import { CloudStore } from "../../local/server/store";
import { inCheckout } from "./support/checkout";
import { theCli } from "./support/harness";

describe("pulumi up, in the project's folder", () => {
  it("takes Pulumi.yaml and the stack's settings as they are, and runs index.ts in a process of its own", async () => {
    await inCheckout(async ({ folder }) => {
      const cloud = new LocalCloud({
        store: new CloudStore(folder),
        account: accountIn("eu-central-1"),
      });
      const providers = await serve(cloud);
      const host = await serveLanguage("nodejs", nodejs);
      try {
        const stack = await LocalWorkspace.createOrSelectStack(
          { stackName: "local", workDir: folder },
          {
            pulumiCommand: await theCli(),
            envVars: {
              ...environment(folder, "local", providers.attach),
              PULUMI_DEBUG_LANGUAGES: host.attach,
            },
          },
        );
        const first = await stack.up();
        const created = first.summary.resourceChanges?.create;
        assert.ok(created !== undefined && created > 50, `only ${created} resources`);
        assert.deepEqual(Object.keys(first.outputs).sort(), ["apps", "kubeconfig"]);
        assert.equal(first.outputs.kubeconfig?.secret, true);

        const second = await stack.up({ expectNoChanges: true });
        assert.deepEqual(second.summary.resourceChanges, { same: created });
        await stack.destroy();
        assert.deepEqual(cloud.store.all(), []);
      } finally {
        providers.close();
        host.close();
      }
    });
  });
});
