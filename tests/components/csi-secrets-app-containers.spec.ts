import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { CONNECTION_SHAPE, type CsiSecretsAppArgs } from "../../components";
import { diagnose } from "../../preflight/doctor";
import { deployApi } from "../support/csi-secrets-app";
import { inputsOf } from "../support/registrations";
import { CONTEXT } from "../unit/preflight/doctor/programs";

type Json = Readonly<Record<string, unknown>>;

const CONTAINERS: Partial<CsiSecretsAppArgs> = {
  shape: CONNECTION_SHAPE,
  env: { DB_HOST: "host" },
  environment: { LOG_LEVEL: "info" },
  runAsUser: 1000,
  writablePaths: ["/cache"],
  resources: { requests: { cpu: "1", memory: "1Gi" } },
  initContainers: [
    {
      name: "seed",
      command: ["npm", "run", "seed"],
      environment: { LOG_LEVEL: pulumi.output("debug") },
      secrets: true,
    },
    { name: "fetch", image: "curl:8", args: ["-O", "https://example.com/a"], runAsUser: 100 },
  ],
  sidecars: [
    {
      name: "proxy",
      image: pulumi.output("proxy:1"),
      resources: { limits: { memory: "64Mi" } },
    },
    { name: "agent", image: "agent:1" },
  ],
};

const podOf = async (
  args: Partial<CsiSecretsAppArgs>,
): Promise<Readonly<Record<string, Json[]>>> => {
  const { spec } = inputsOf((await deployApi(args)).registrations, "api-deployment") as {
    spec: { template: { spec: Record<string, Json[]> } };
  };
  return spec.template.spec;
};

const securityContext = (runAsUser: number) => ({
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  runAsUser,
});
const cache = { name: "writable-1", mountPath: "/cache" };
const SMALL = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } };

describe("Init containers and sidecars of a CsiSecretsApp", () => {
  it("start before the app's container, sidecars first, under the same restrictions", async () => {
    const { initContainers } = await podOf(CONTAINERS);
    assert.deepEqual(initContainers, [
      {
        name: "proxy",
        image: "proxy:1",
        restartPolicy: "Always",
        resources: { limits: { memory: "64Mi" } },
        env: [],
        securityContext: securityContext(1000),
        volumeMounts: [{ name: "tmp-0", mountPath: "/tmp" }, cache],
      },
      {
        name: "agent",
        image: "agent:1",
        restartPolicy: "Always",
        resources: SMALL,
        env: [],
        securityContext: securityContext(1000),
        volumeMounts: [{ name: "tmp-1", mountPath: "/tmp" }, cache],
      },
      {
        name: "seed",
        image: "registry.example.com/api:1",
        command: ["npm", "run", "seed"],
        resources: { requests: { cpu: "1", memory: "1Gi" } },
        env: [
          { name: "DB_HOST", valueFrom: { secretKeyRef: { name: "api-env", key: "DB_HOST" } } },
          { name: "PGSSLMODE", value: "verify-full" },
          { name: "PGSSLROOTCERT", value: "/etc/rds-ca/ca-bundle.pem" },
          { name: "NODE_EXTRA_CA_CERTS", value: "/etc/rds-ca/ca-bundle.pem" },
          { name: "PGSERVICEFILE", value: "/mnt/secrets-store/pg_service.conf" },
          { name: "PGSERVICE", value: "api" },
          { name: "LOG_LEVEL", value: "debug" },
        ],
        securityContext: securityContext(1000),
        volumeMounts: [
          { name: "secrets", mountPath: "/mnt/secrets-store", readOnly: true },
          { name: "ca-bundle", mountPath: "/etc/rds-ca", readOnly: true },
          { name: "tmp-2", mountPath: "/tmp" },
          cache,
        ],
      },
      {
        name: "fetch",
        image: "curl:8",
        args: ["-O", "https://example.com/a"],
        resources: { requests: { cpu: "1", memory: "1Gi" } },
        env: [],
        securityContext: securityContext(100),
        volumeMounts: [{ name: "tmp-3", mountPath: "/tmp" }, cache],
      },
    ]);
  });

  it("change nothing else of the pod but its volumes", async () => {
    const bare = { ...CONTAINERS, initContainers: undefined, sidecars: [] };
    const plain = await podOf(bare);
    const changed = await podOf(CONTAINERS);
    assert.deepEqual(changed, {
      ...plain,
      initContainers: changed.initContainers,
      volumes: [
        ...(plain.volumes ?? []),
        ...[0, 1, 2, 3].map((index) => ({ name: `tmp-${index}`, emptyDir: {} })),
      ],
    });
  });

  it("are what an overlay adds to, by their names", async () => {
    const startupProbe = { tcpSocket: { port: 15000 } };
    const overlay = {
      spec: { template: { spec: { initContainers: [{ name: "proxy", startupProbe }] } } },
    };
    const { initContainers = [] } = await podOf({ ...CONTAINERS, overlay });
    const plain = (await podOf(CONTAINERS)).initContainers ?? [];
    const [proxy, ...others] = plain;
    assert.deepEqual(initContainers, [{ ...proxy, startupProbe }, ...others]);
  });

  it("are nothing that the doctor has more to say about than that the first ones wait", async () => {
    const findings = async (args: Partial<CsiSecretsAppArgs>) =>
      diagnose((await deployApi({ ...args, driver: "install" })).registrations, CONTEXT).map(
        ({ id, message }) => `${id} ${message}`,
      );
    const bare = { ...CONTAINERS, initContainers: undefined, sidecars: undefined };
    const known = await findings(bare);
    assert.deepEqual(
      (await findings(CONTAINERS)).filter(
        (finding) => !known.includes(finding) && !finding.startsWith("image-tag-mutable"),
      ),
      [
        "init-container-waits the init container seed of Deployment shop/api waits for the Secret " +
          "api-env, which the driver makes only after the mount",
      ],
    );
  });
});
