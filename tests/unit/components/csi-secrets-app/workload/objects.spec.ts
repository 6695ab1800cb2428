import * as assert from "node:assert/strict";
import { resolveSettings } from "../../../../../components/csi-secrets-app/settings";
import {
  deploymentArgs,
  ingressArgs,
  podDisruptionBudgetArgs,
  selectorLabels,
  serviceArgs,
} from "../../../../../components/csi-secrets-app/workload/objects";

const labels = { "app.kubernetes.io/name": "api", "app.kubernetes.io/managed-by": "pulumi" };
const metadata = { name: "api", namespace: "orders", labels };
const settings = (replicas: number) =>
  resolveSettings({
    secretName: "orders",
    namespace: "orders",
    identity: { podIdentity: { clusterName: "prod" } },
    image: "api:1",
    replicas,
  });

describe("The workload of an app", () => {
  it("is selected by labels that hold nothing but its name", () => {
    assert.deepEqual(selectorLabels("api"), labels);
  });

  it("is a Deployment that rolls without losing a pod", () => {
    const template = { spec: { containers: [] } };
    assert.deepEqual(deploymentArgs(metadata, settings(3), template), {
      metadata,
      spec: {
        replicas: 3,
        revisionHistoryLimit: 3,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        selector: { matchLabels: labels },
        template,
      },
    });
  });

  it("has a Service inside the cluster, on port 80", () => {
    assert.deepEqual(serviceArgs(metadata, settings(1)), {
      metadata,
      spec: {
        type: "ClusterIP",
        selector: labels,
        ports: [{ name: "http", port: 80, targetPort: "app", protocol: "TCP" }],
      },
    });
  });

  it("has a Service that nobody waits for where there is no pod", () => {
    assert.deepEqual(serviceArgs(metadata, settings(0)).metadata, {
      ...metadata,
      annotations: { "pulumi.com/skipAwait": "true" },
    });
  });

  it("may have an Ingress for every host", () => {
    assert.deepEqual(ingressArgs(metadata, { className: "alb" }), {
      metadata,
      spec: {
        ingressClassName: "alb",
        rules: [
          {
            http: {
              paths: [
                {
                  path: "/",
                  pathType: "Prefix",
                  backend: { service: { name: "api", port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    });
  });

  it("may have an Ingress for one host, with its certificate and its path", () => {
    const annotations = { "example.com/size": "1m" };
    const ingress = { host: "api.example.com", path: "/v1", tlsSecretName: "api-tls", annotations };
    assert.deepEqual(ingressArgs(metadata, { className: "nginx", ...ingress }), {
      metadata: { ...metadata, annotations },
      spec: {
        ingressClassName: "nginx",
        tls: [{ secretName: "api-tls", hosts: ["api.example.com"] }],
        rules: [
          {
            host: "api.example.com",
            http: {
              paths: [
                {
                  path: "/v1",
                  pathType: "Prefix",
                  backend: { service: { name: "api", port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    });
  });

  it("loses one pod at most when nodes are drained", () => {
    assert.deepEqual(podDisruptionBudgetArgs(metadata), {
      metadata,
      spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
    });
  });
});
