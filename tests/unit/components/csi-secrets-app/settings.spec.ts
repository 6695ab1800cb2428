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
