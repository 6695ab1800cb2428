import * as assert from "node:assert/strict";
import type { CsiSecretsAppArgs } from "../../../../../components/csi-secrets-app";
import { resolveSettings } from "../../../../../components/csi-secrets-app/settings";
import {
  autoscalerArgs,
  deploymentArgs,
  ingressArgs,
  podDisruptionBudgetArgs,
  selectorLabels,
  serviceArgs,
} from "../../../../../components/csi-secrets-app/workload/objects";

const labels = { "app.kubernetes.io/name": "api", "app.kubernetes.io/managed-by": "pulumi" };
const metadata = { name: "api", namespace: "orders", labels };
const settings = (replicas: number, more: Partial<CsiSecretsAppArgs> = { containerPort: 8080 }) =>
  resolveSettings({
    secretName: "orders",
    namespace: "orders",
    identity: { podIdentity: { clusterName: "prod" } },
    image: "api:1",
    replicas,
    ...more,
  });
const { ports } = settings(1);

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

  it("has all of several ports in its Service, under their own names", () => {
    const several = [
      { name: "http", containerPort: 8080, servicePort: 80 },
      { name: "metrics", containerPort: 9090 },
    ];
    assert.deepEqual(serviceArgs(metadata, settings(1, { ports: several })).spec, {
      type: "ClusterIP",
      selector: labels,
      ports: [
        { name: "http", port: 80, targetPort: "http", protocol: "TCP" },
        { name: "metrics", port: 9090, targetPort: "metrics", protocol: "TCP" },
      ],
    });
  });

  it("has an Ingress to the first of several ports, or to the one that it names", () => {
    const { ports: several } = settings(1, {
      ports: [
        { name: "http", containerPort: 8080, servicePort: 80 },
        { name: "admin", containerPort: 9000 },
      ],
    });
    const backend = (port?: string) =>
      JSON.stringify(
        ingressArgs(metadata, several, { className: "alb", ...(port && { port }) }).spec,
      ).match(/"number":(\d+)/)?.[1];
    assert.deepEqual([backend(), backend("http"), backend("admin")], ["80", "80", "9000"]);
  });

  it("says no number of pods where an autoscaler decides, by the CPU of the app's container", () => {
    const range = { min: 2, max: 10, cpu: 70 };
    const template = { spec: { containers: [] } };
    const { spec } = deploymentArgs(metadata, settings(1, { replicas: range }), template);
    assert.equal("replicas" in (spec as object), false);
    assert.deepEqual(autoscalerArgs(metadata, "api", range), {
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "api" },
        minReplicas: 2,
        maxReplicas: 10,
        metrics: [
          {
            type: "ContainerResource",
            containerResource: {
              name: "cpu",
              container: "app",
              target: { type: "Utilization", averageUtilization: 70 },
            },
          },
        ],
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
    assert.deepEqual(ingressArgs(metadata, ports, { className: "alb" }), {
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
    assert.deepEqual(ingressArgs(metadata, ports, { className: "nginx", ...ingress }), {
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
