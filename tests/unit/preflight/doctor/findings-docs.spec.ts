import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exampleFindings, findingsDocs } from "../../../../scripts/generate-findings-docs";

const DOCS = join(__dirname, "../../../../docs/findings.md");

describe("docs/findings.md", () => {
  it("is what the rules say (npm run docs:findings)", async () => {
    assert.equal(readFileSync(DOCS, "utf8"), await findingsDocs());
  });
});

describe("the chain written by hand", () => {
  it("has exactly these findings", async () => {
    const found = (await exampleFindings()).map(({ severity, id, urn = "" }) => [
      severity,
      id,
      urn.slice(urn.lastIndexOf(":") + 1),
    ]);
    assert.deepEqual(found, [
      ["error", "driver-installed-twice", "secrets-store-csi-driver-provider-aws"],
      ["error", "sync-not-enabled", "secrets-store-csi-driver-provider-aws"],
      ["error", "token-audience-missing", "secrets-store-csi-driver"],
      ["warning", "class-edit-unnoticed", "app"],
      ["warning", "class-version-deprecated", "app-secrets"],
      ["warning", "database-open-to-addresses", "database"],
      ["warning", "provider-tolerations-missing", "secrets-store-csi-driver-provider-aws"],
      ["warning", "tls-not-forced", "database"],
      ["warning", "tls-not-verified", "app"],
      ["warning", "trust-any-audience", "app"],
      ["note", "master-user-in-app", "app"],
      ["note", "pod-not-ordered", "app"],
      ["note", "rotation-off", "secrets-store-csi-driver"],
      ["note", "rotation-off", "secrets-store-csi-driver-provider-aws"],
    ]);
  });
});
