import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../support/child-environment";
import { PROJECT, withFolder } from "./support/run-plan";

const INSTALLED = join(PROJECT, "node_modules");

/** The packages of another project: a Pulumi SDK of its own, and what that needs. */
function install(folder: string): void {
  const packages = join(folder, "node_modules");
  mkdirSync(join(packages, "@pulumi"), { recursive: true });
  cpSync(join(INSTALLED, "@pulumi/pulumi"), join(packages, "@pulumi/pulumi"), { recursive: true });
  for (const name of readdirSync(INSTALLED)) {
    if (name !== "@pulumi" && !name.startsWith(".")) {
      symlinkSync(realpathSync(join(INSTALLED, name)), join(packages, name));
    }
  }
}

describe("npm run doctor on another project, with packages of its own", function () {
  this.timeout(120_000);

  it("finds what it can, and cannot tell what hangs on a type or a function that is not known", () => {
    withFolder((folder) => {
      cpSync(join(__dirname, "fixtures/elsewhere"), folder, { recursive: true });
      install(folder);
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [
          join(PROJECT, "preflight/cli/main.cjs"),
          "doctor",
          "--program",
          folder,
          "--format",
          "json",
        ],
        { encoding: "utf8", env: childEnvironment() },
      );
      assert.deepEqual([status, stderr], [1, ""]);
      const { findings, readers } = JSON.parse(stdout);
      assert.deepEqual(
        findings.map(({ id, message }: Record<string, string>) => [id, message]),
        [
          [
            "key-missing",
            'the path "username" of the file "username" finds nothing in the secret login-bb294ba, which has the keys user',
          ],
          ["class-not-mounted", "no pod in this program mounts SecretProviderClass shop/vault"],
          [
            "class-undecided",
            "cannot tell what SecretProviderClass shop/vault delivers: part of it is known only after the update",
          ],
          [
            "function-unanswered",
            "cannot tell what the function vault:index/getSecret:getSecret answers",
          ],
          [
            "function-unanswered",
            "cannot tell what the function vault:index/getSecrets:getSecrets answers",
          ],
          [
            "identity-undecided",
            "cannot tell whether the role shop-5c29a3e may read login-bb294ba: policy shop, statement 1",
          ],
          [
            "pod-not-ordered",
            "Deployment shop/shop does not depend on SecretProviderClass shop/shop, the value of the secret login-bb294ba, the grant shop and the association shop",
          ],
          ["trust-any-cluster", "the role shop-5c29a3e can be taken on any cluster"],
        ],
      );
      assert.deepEqual(
        readers.map(({ exclusive, undecided }: Record<string, unknown>) => [exclusive, undecided]),
        [["unknown", ["shop-5c29a3e"]]],
      );
    });
  });
});
