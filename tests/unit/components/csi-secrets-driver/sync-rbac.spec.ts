import * as assert from "node:assert/strict";
import {
  ADDON_NAMESPACE,
  SYNC_RULES,
  syncSubject,
} from "../../../../components/csi-secrets-driver/sync-rbac";

describe("the right to write Secrets", () => {
  it("is what the driver's own chart grants", () => {
    assert.deepEqual(SYNC_RULES, [
      {
        apiGroups: [""],
        resources: ["secrets"],
        verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
      },
    ]);
  });

  it("is the driver's, in the namespace of the add-on", () => {
    assert.deepEqual(syncSubject(ADDON_NAMESPACE), {
      kind: "ServiceAccount",
      name: "secrets-store-csi-driver",
      namespace: "aws-secrets-manager",
    });
  });
});
