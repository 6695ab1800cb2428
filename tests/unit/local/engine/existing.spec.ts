import * as assert from "node:assert/strict";
import { existingIn } from "../../../../local/engine/existing";

const configured = (config: Readonly<Record<string, unknown>>) => existingIn({ config });

const app = (more: object) =>
  configured({ "eks-db-secrets:apps": [{ name: "orders", database: { name: "sales" }, ...more }] });

describe("the resources outside a stack that its settings name", () => {
  it("is a network, a cluster, a principal, a key", () => {
    assert.deepEqual(
      configured({
        "aws:region": "eu-central-1",
        "eks-db-secrets:network": { vpcId: "vpc-1", databaseSubnetIds: ["subnet-1", "subnet-2"] },
        "eks-db-secrets:cluster": {
          name: "shared",
          clientSecurityGroupIds: ["sg-1"],
          oidcProviderArn: "arn:oidc",
        },
      }),
      ["vpc-1", "subnet-1", "subnet-2", "shared", "sg-1", "arn:oidc"],
    );
    assert.deepEqual(
      configured({
        cluster: {
          create: {
            version: "1.35",
            encryptionKeyArn: "arn:key",
            access: [{ principalArn: "arn:role", policy: "view" }],
            controlPlaneLogs: ["audit"],
          },
        },
      }),
      ["arn:key", "arn:role"],
    );
  });

  it("is a namespace that the stack does not make, by default of the app's name", () => {
    assert.deepEqual(app({}), []);
    assert.deepEqual(app({ namespace: "shop" }), []);
    assert.deepEqual(app({ createNamespace: false }), ["orders"]);
    assert.deepEqual(app({ createNamespace: false, namespace: "shop" }), ["shop"]);
  });

  it("is no namespace that another app of the stack makes", () => {
    const apps = [
      { name: "orders", namespace: "shop", createNamespace: false },
      { name: "shop" },
      { name: "jobs", namespace: "other", createNamespace: false },
    ];
    assert.deepEqual(configured({ "eks-db-secrets:apps": apps }), ["other"]);
  });

  it("is the secret of a database that exists", () => {
    assert.deepEqual(app({ database: { secretName: "legacy/orders" } }), ["legacy/orders"]);
    assert.deepEqual(app({ database: false }), []);
  });

  it("is a secret, a key or a snapshot that an app or its database names", () => {
    assert.deepEqual(
      app({
        moreSecrets: [
          { secretName: "orders/mail", secretArn: "arn:s", kmsKeyArn: "arn:k" },
          { parameter: "/orders/key", failoverKmsKeyArn: "arn:f", whole: { env: "API_KEY" } },
        ],
        roleArn: "arn:r",
        database: {
          name: "sales",
          identifier: "sales-1",
          secretName: "sales-secret",
          kmsKeyArn: "arn:d",
          restoreFrom: { snapshotIdentifier: "before" },
        },
      }),
      ["orders/mail", "arn:s", "arn:k", "/orders/key", "arn:f", "arn:r", "arn:d", "before"],
    );
  });

  it("is no string of a free-form map", () => {
    const free = { secretName: "host", teamId: "finance", keyArn: "arn:x" };
    assert.deepEqual(configured({ "eks-db-secrets:tags": free, "aws:region": "eu-west-1" }), []);
    assert.deepEqual(
      app({
        env: free,
        environment: free,
        files: free,
        ingress: { className: "alb", tlsSecretName: "tls", annotations: free },
        image: "registry/orders",
        moreSecrets: [{ secretName: "orders/mail", env: free, files: free }],
      }),
      ["orders/mail"],
    );
  });

  it("is nothing without settings, or where they are invalid", () => {
    assert.deepEqual(existingIn({}), []);
    for (const wrong of [null, "orders", 5, [null], ["orders"], [["orders"]], { name: "orders" }]) {
      const config = { apps: wrong, cluster: wrong, network: wrong, driver: wrong };
      assert.deepEqual(
        configured(config),
        wrong instanceof Object && "name" in wrong ? ["orders"] : [],
      );
    }
    assert.deepEqual(app({ database: null, moreSecrets: "none", createNamespace: "no" }), []);
    assert.deepEqual(
      existingIn({ config: null } as unknown as Parameters<typeof existingIn>[0]),
      [],
    );
  });
});
