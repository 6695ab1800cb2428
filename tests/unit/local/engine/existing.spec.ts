import * as assert from "node:assert/strict";
import { existingIn } from "../../../../local/engine/existing";

const app = (more: object) => ({
  config: { "eks-db-secrets:apps": [{ name: "orders", database: { name: "sales" }, ...more }] },
});

describe("what a stack's settings say of things outside the stack", () => {
  it("is every name but those of its own apps, databases and namespaces", () => {
    assert.deepEqual(existingIn(app({})), []);
    assert.deepEqual(existingIn(app({ namespace: "shop" })), []);
    assert.deepEqual(
      existingIn({
        config: {
          "aws:region": "eu-central-1",
          "eks-db-secrets:network": { vpcId: "vpc-1", databaseSubnetIds: ["subnet-1"] },
          "eks-db-secrets:cluster": { name: "shared" },
        },
      }),
      ["eu-central-1", "vpc-1", "subnet-1", "shared"],
    );
  });

  it("is a namespace that the stack does not make, by default of the app's name", () => {
    assert.deepEqual(existingIn(app({ createNamespace: false })), ["orders"]);
    assert.deepEqual(existingIn(app({ createNamespace: false, namespace: "shop" })), ["shop"]);
  });

  it("is a secret or a key that an app or its database names", () => {
    assert.deepEqual(
      existingIn(
        app({
          moreSecrets: [{ secretName: "orders/mail" }],
          database: { name: "sales", kmsKeyArn: "arn:k" },
        }),
      ),
      ["orders/mail", "arn:k"],
    );
  });

  it("is nothing where there are no settings", () => {
    assert.deepEqual(existingIn({}), []);
  });
});
