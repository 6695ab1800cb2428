import * as assert from "node:assert/strict";
import type { CsiSecretsAppArgs } from "../../../../components/csi-secrets-app";
import { resolveSettings } from "../../../../components/csi-secrets-app/settings";

const LEAST: CsiSecretsAppArgs = {
  secretName: "orders",
  namespace: "orders",
  identity: { podIdentity: { clusterName: "prod" } },
  image: "registry.example.com/api:1",
};

describe("The settings of a CsiSecretsApp", () => {
  it("have these defaults", () => {
    assert.deepEqual(resolveSettings(LEAST), {
      namespace: "orders",
      createNamespace: true,
      driver: "install",
      replicas: 2,
      autoscaling: undefined,
      command: undefined,
      args: undefined,
      ports: [],
      runAsUser: undefined,
      probes: {},
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      writablePaths: [],
      ingress: undefined,
      migrate: undefined,
      podLabels: {},
      imagePullSecrets: [],
      containers: [],
    });
  });

  it("take what is given", () => {
    const given = {
      namespace: "shop",
      createNamespace: false,
      driver: "existing",
      replicas: 0,
      command: ["serve"],
      args: ["--port", "8080"],
      containerPort: 8080,
      runAsUser: 70,
      probes: { liveness: { exec: { command: ["true"] } } },
      resources: { limits: { memory: "1Gi" } },
      writablePaths: ["/var/cache", "/run"],
      ingress: { className: "alb", host: "api.example.com", path: "/v1", tlsSecretName: "tls" },
      migrate: undefined,
      podLabels: { team: "shop" },
      imagePullSecrets: ["registry"],
    } as const;
    const { containerPort, ...settings } = given;
    assert.deepEqual(
      resolveSettings({
        ...LEAST,
        ...given,
        ...{ command: [...given.command], args: [...given.args] },
      } as unknown as CsiSecretsAppArgs),
      {
        ...settings,
        autoscaling: undefined,
        ports: [{ name: "app", containerPort, servicePort: 80, serviceName: "http" }],
        containers: [],
        probes: { readiness: { tcpSocket: { port: 8080 } }, ...given.probes },
      },
    );
  });

  it("hold the containers besides the app's in the order of their start, with what they share", () => {
    const own = { limits: { memory: "64Mi" } };
    const ofApp = { limits: { memory: "1Gi" } };
    const small = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } };
    const given: CsiSecretsAppArgs = {
      ...LEAST,
      initContainers: [
        { name: "seed", command: ["seed"], args: ["all"], secrets: true },
        { name: "fetch", image: "curl:8", resources: own, runAsUser: 100 },
      ],
      sidecars: [
        { name: "proxy", image: "proxy:1" },
        { name: "agent", image: "agent:1", resources: own },
      ],
    };
    const withApp = { ...given, resources: ofApp, runAsUser: 1000 };
    const common = { runAsUser: 1000, secrets: false };
    const sidecars = [
      { at: "sidecars[0]", isSidecar: true, name: "proxy", resources: small, ...common },
      { at: "sidecars[1]", isSidecar: true, name: "agent", resources: own, ...common },
    ];
    const seed = {
      ...{
        at: "initContainers[0]",
        isSidecar: false,
        name: "seed",
        runAsUser: 1000,
        secrets: true,
      },
      ...{ command: ["seed"], args: ["all"] },
    };
    assert.deepEqual(resolveSettings(withApp).containers, [
      ...sidecars,
      { ...seed, resources: ofApp },
      {
        ...{ at: "initContainers[1]", isSidecar: false, name: "fetch", resources: own },
        ...{ runAsUser: 100, secrets: false },
      },
    ]);
    assert.deepEqual(resolveSettings(given).containers[2], {
      ...seed,
      resources: small,
      runAsUser: undefined,
    });
  });

  it("hold the migration with the app's resources and these limits, unless others are given", () => {
    const migrateOf = (args: Partial<CsiSecretsAppArgs>) =>
      resolveSettings({ ...LEAST, ...args }).migrate;
    const resources = { limits: { memory: "1Gi" } };
    const limits = { activeDeadlineSeconds: 600, backoffLimit: 2 };
    assert.deepEqual(migrateOf({ migrate: { command: ["m"] } }), {
      command: ["m"],
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      ...limits,
    });
    assert.deepEqual(migrateOf({ resources, migrate: { command: ["m"] } }), {
      command: ["m"],
      resources,
      ...limits,
    });
    const own = { command: ["m"], args: ["a"], activeDeadlineSeconds: 60, backoffLimit: 0 };
    assert.deepEqual(migrateOf({ migrate: { ...own, resources } }), { ...own, resources });
  });

  it("ask for readiness by TCP where there is a port, unless another probe is given", () => {
    const readiness = { httpGet: { path: "/health", port: 8080 } };
    const probesOf = (args: Partial<CsiSecretsAppArgs>) =>
      resolveSettings({ ...LEAST, ...args }).probes;
    const tcp = { readiness: { tcpSocket: { port: 8080 } } };
    assert.deepEqual(probesOf({ containerPort: 8080 }), tcp);
    assert.deepEqual(probesOf({ containerPort: 8080, probes: { readiness: undefined } }), tcp);
    assert.deepEqual(probesOf({ containerPort: 8080, probes: { readiness } }), { readiness });
    assert.deepEqual(probesOf({ probes: { readiness } }), { readiness });
  });
});
