import * as assert from "node:assert/strict";
import { argumentDocs } from "../../../scripts/argument-docs";

describe("the docstrings of a component's arguments", () => {
  it("have a description in one line, a default and the addresses of their sources", () => {
    const { restoreFrom, engineVersion, passwordSpecialCharacters } =
      argumentDocs("SecureDatabaseArgs");
    assert.match(restoreFrom?.description ?? "", /^Makes the database from a snapshot, [^\n]*\.$/);
    assert.deepEqual(
      [restoreFrom?.whenAbsent, restoreFrom?.sources, Object.keys(restoreFrom?.members ?? {})],
      [
        "an empty database",
        ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html"],
        ["snapshotIdentifier", "pointInTime"],
      ],
    );
    assert.equal(engineVersion?.whenAbsent, "`17`");
    assert.equal(passwordSpecialCharacters?.whenAbsent, "empty, letters and digits");
  });

  it("of an argument without a description are those of its type", () => {
    const { ingress } = argumentDocs("CsiSecretsAppArgs");
    assert.equal(ingress?.description, "How the app is reached from outside the cluster.");
    assert.deepEqual(ingress.members?.path, {
      description: "Path prefix.",
      whenAbsent: "`/`",
      sources: [],
      members: undefined,
    });
  });

  it("are inherited, and found in lists", () => {
    const { secretArn, moreSecrets } = argumentDocs("CsiSecretsAppArgs");
    assert.deepEqual(moreSecrets?.members?.secretArn, secretArn);
    assert.match(secretArn?.description ?? "", /^Full ARN of the secret\./);
  });

  it("have a long default's first sentence as default", () => {
    const { addonNamespace, providerThrottling } = argumentDocs("CsiSecretsDriverArgs");
    assert.equal(addonNamespace?.whenAbsent, "EKS decides");
    assert.match(addonNamespace.description, /replaces the add-on\. The right to write Secrets is/);
    assert.match(
      providerThrottling?.whenAbsent ?? "",
      /^`\{ qps: 20, burst: 30 \}`, the limits of/,
    );
  });

  it("need an interface", () => {
    assert.throws(() => argumentDocs("NoArgs"), new RangeError("no interface NoArgs"));
  });
});
