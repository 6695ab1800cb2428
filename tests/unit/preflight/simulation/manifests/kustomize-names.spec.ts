import * as assert from "node:assert/strict";
import { renamedByKustomize } from "../../../../../preflight/simulation/manifests/kustomize-names";

const named = (apiVersion: string, kind: string, name: string) => ({
  apiVersion,
  kind,
  metadata: { name, labels: { app: name } },
});

const pod = (account: string, config: string, className: string) => ({
  spec: {
    template: {
      spec: {
        serviceAccountName: account,
        containers: [
          {
            envFrom: [{ configMapRef: { name: config } }],
            env: [{ valueFrom: { secretKeyRef: { name: "synced", key: "k" } } }],
          },
        ],
        volumes: [
          { csi: { volumeAttributes: { secretProviderClass: className } } },
          { configMap: { name: config } },
        ],
      },
    },
  },
});

describe("names in a kustomization", () => {
  it("get prefix and suffix, and so do the references that Kubernetes' own kinds make to them", () => {
    const objects = renamedByKustomize(
      [
        named("v1", "Namespace", "shop"),
        named("v1", "ServiceAccount", "orders"),
        named("v1", "ConfigMap", "settings"),
        named("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", "login"),
        { ...named("apps/v1", "Deployment", "orders"), ...pod("orders", "settings", "login") },
        {
          ...named("rbac.authorization.k8s.io/v1", "RoleBinding", "sync"),
          roleRef: { kind: "ClusterRole", name: "outside" },
          subjects: [{ kind: "ServiceAccount", name: "orders" }],
        },
      ],
      { namePrefix: "prod-", nameSuffix: "-v1" },
    );
    const metadata = (name: string, label: string) => ({
      metadata: { name, labels: { app: label } },
    });
    assert.deepEqual(objects, [
      named("v1", "Namespace", "shop"),
      { apiVersion: "v1", kind: "ServiceAccount", ...metadata("prod-orders-v1", "orders") },
      { apiVersion: "v1", kind: "ConfigMap", ...metadata("prod-settings-v1", "settings") },
      {
        apiVersion: "secrets-store.csi.x-k8s.io/v1",
        kind: "SecretProviderClass",
        ...metadata("prod-login-v1", "login"),
      },
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        ...metadata("prod-orders-v1", "orders"),
        // Of a SecretProviderClass it knows nothing, nor of a Secret that the driver makes.
        ...pod("prod-orders-v1", "prod-settings-v1", "login"),
      },
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding",
        ...metadata("prod-sync-v1", "sync"),
        roleRef: { kind: "ClusterRole", name: "outside" },
        subjects: [{ kind: "ServiceAccount", name: "prod-orders-v1" }],
      },
    ]);
  });

  it("stay what they are without either", () => {
    const objects = [named("v1", "ServiceAccount", "orders")];
    assert.deepEqual(renamedByKustomize(objects, {}), objects);
  });

  it("are those of secrets that the kustomization has itself", () => {
    const [, account] = renamedByKustomize(
      [
        named("v1", "Secret", "registry"),
        {
          ...named("v1", "ServiceAccount", "orders"),
          imagePullSecrets: [{ name: "registry" }, { name: "outside" }],
        },
      ],
      { nameSuffix: "-a" },
    );
    assert.deepEqual(account?.imagePullSecrets, [{ name: "registry-a" }, { name: "outside" }]);
  });
});
