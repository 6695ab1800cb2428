import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { CsiSecretsAppArgs } from "../../components";
import type { Registration } from "../../preflight/simulation/mocks/run";
import { deployApi, IRSA } from "../support/csi-secrets-app";
import { inputsOf } from "../support/registrations";

const labels = { "app.kubernetes.io/name": "api", "app.kubernetes.io/managed-by": "pulumi" };
const metadata = { name: "api", namespace: "shop", labels };

const json = (value: unknown): unknown => JSON.parse(String(value));

describe("What a CsiSecretsApp sends", () => {
  it("makes a namespace that enforces the restricted standard", async () => {
    const { registrations } = await deployApi();
    assert.deepEqual(inputsOf(registrations, "api-namespace"), {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "shop", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    });
  });

  it("writes a class for several secrets, and one synced Secret for their variables", async () => {
    const { registrations } = await deployApi({
      identity: IRSA,
      env: { DB_PORT: "port" },
      files: { "db.password": "password" },
      databaseUrl: "DATABASE_URL",
      moreSecrets: [{ secretName: pulumi.output("mail"), env: { MAIL_TOKEN: "api-token" } }],
    });
    const { spec, ...rest } = inputsOf(registrations, "api-secrets");
    assert.deepEqual(rest, {
      apiVersion: "secrets-store.csi.x-k8s.io/v1",
      kind: "SecretProviderClass",
      metadata,
    });
    const { parameters, ...delivery } = spec as { parameters: Record<string, string> };
    assert.deepEqual(delivery, {
      provider: "aws",
      secretObjects: [
        {
          secretName: "api-env",
          type: "Opaque",
          labels,
          data: [
            { objectName: "DB_PORT", key: "DB_PORT" },
            { objectName: "DATABASE_URL", key: "DATABASE_URL" },
            { objectName: "MAIL_TOKEN", key: "MAIL_TOKEN" },
          ],
        },
      ],
    });
    const { objects, ...where } = parameters;
    assert.deepEqual(where, { region: "eu-central-1", usePodIdentity: "false" });
    assert.deepEqual(json(objects), [
      {
        objectName: "shop/orders",
        objectType: "secretsmanager",
        objectAlias: "secret.json",
        jmesPath: [
          { path: "port && to_string(port)", objectAlias: "DB_PORT" },
          { path: "password", objectAlias: "db.password" },
          {
            path:
              "join('', ['postgresql://', username, ':', password, '@', host, ':', " +
              "port && to_string(port), '/', dbname, " +
              "'?sslmode=verify-full&sslrootcert=/etc/rds-ca/ca-bundle.pem'])",
            objectAlias: "DATABASE_URL",
          },
        ],
      },
      {
        objectName: "mail",
        objectType: "secretsmanager",
        objectAlias: "secret-2.json",
        jmesPath: [{ path: '"api-token"', objectAlias: "MAIL_TOKEN" }],
      },
    ]);
  });

  it("puts the caller's certificates in a ConfigMap", async () => {
    const ours = await deployApi();
    const { data } = inputsOf(ours.registrations, "api-rds-ca") as { data: object };
    const caBundle = String(Object.values(data)[0]).split("\n\n")[0] ?? "";
    const { registrations } = await deployApi({ caBundle: pulumi.output(caBundle) });
    assert.deepEqual(inputsOf(registrations, "api-rds-ca"), {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { ...metadata, name: "api-rds-ca" },
      data: { "ca-bundle.pem": caBundle },
    });
  });

  it("deploys pods with their mount, variables and certificates, and both hashes", async () => {
    const { registrations } = await deployApi({
      containerPort: 8080,
      environment: { LOG_LEVEL: "debug", REGION: pulumi.output("eu") },
    });
    const annotations = annotationsOf(registrations);
    assert.deepEqual(Object.keys(annotations).sort(), [
      "eks-db-secrets/ca-bundle-hash",
      "eks-db-secrets/secret-provider-class-hash",
    ]);
    for (const hash of Object.values(annotations)) assert.match(hash, /^[0-9a-f]{16}$/);
    const spread = (topologyKey: string) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: labels },
    });
    assert.deepEqual(inputsOf(registrations, "api-deployment"), {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: {
        replicas: 2,
        revisionHistoryLimit: 3,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, annotations },
          spec: {
            serviceAccountName: "api",
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            topologySpreadConstraints: [
              spread("topology.kubernetes.io/zone"),
              spread("kubernetes.io/hostname"),
            ],
            containers: [
              {
                name: "app",
                image: "registry.example.com/api:1",
                ports: [{ name: "app", containerPort: 8080, protocol: "TCP" }],
                env: [
                  {
                    name: "DB_HOST",
                    valueFrom: { secretKeyRef: { name: "api-env", key: "DB_HOST" } },
                  },
                  { name: "PGSSLMODE", value: "verify-full" },
                  { name: "PGSSLROOTCERT", value: "/etc/rds-ca/ca-bundle.pem" },
                  { name: "NODE_EXTRA_CA_CERTS", value: "/etc/rds-ca/ca-bundle.pem" },
                  { name: "LOG_LEVEL", value: "debug" },
                  { name: "REGION", value: "eu" },
                ],
                resources: {
                  requests: { cpu: "100m", memory: "128Mi" },
                  limits: { memory: "256Mi" },
                },
                readinessProbe: { tcpSocket: { port: 8080 } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"] },
                  runAsNonRoot: true,
                },
                volumeMounts: [
                  { name: "secrets", mountPath: "/mnt/secrets-store", readOnly: true },
                  { name: "ca-bundle", mountPath: "/etc/rds-ca", readOnly: true },
                  { name: "writable-0", mountPath: "/tmp" },
                ],
              },
            ],
            volumes: [
              {
                name: "secrets",
                csi: {
                  driver: "secrets-store.csi.k8s.io",
                  readOnly: true,
                  volumeAttributes: { secretProviderClass: "api" },
                },
              },
              { name: "ca-bundle", configMap: { name: "api-rds-ca" } },
              { name: "writable-0", emptyDir: {} },
            ],
          },
        },
      },
    });
  });

  it("puts Service, Ingress and disruption budget before the pods", async () => {
    const { registrations } = await deployApi({
      containerPort: 8080,
      ingress: { className: "alb", host: "api.example.com" },
    });
    const selector = labels;
    assert.deepEqual(inputsOf(registrations, "api-service"), {
      apiVersion: "v1",
      kind: "Service",
      metadata,
      spec: {
        type: "ClusterIP",
        selector,
        ports: [{ name: "http", port: 80, targetPort: "app", protocol: "TCP" }],
      },
    });
    const backend = { service: { name: "api", port: { number: 80 } } };
    assert.deepEqual(inputsOf(registrations, "api-ingress"), {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata,
      spec: {
        ingressClassName: "alb",
        rules: [
          {
            host: "api.example.com",
            http: { paths: [{ path: "/", pathType: "Prefix", backend }] },
          },
        ],
      },
    });
    assert.deepEqual(inputsOf(registrations, "api-pdb"), {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata,
      spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
    });
  });

  it("rolls the pods when what they read at their start changes, and only then", async () => {
    const hashes = async (args: Partial<CsiSecretsAppArgs>) =>
      annotationsOf((await deployApi(args)).registrations);
    const first = await hashes({});
    assert.deepEqual(await hashes({ replicas: 5, environment: { A: "b" } }), first);
    const otherKey = await hashes({ env: { DB_HOST: "hostname" } });
    assert.deepEqual(changed(first, otherKey), ["eks-db-secrets/secret-provider-class-hash"]);
    const otherRoots = await hashes({ caBundle: await rootsOf("eu-west-1") });
    assert.deepEqual(changed(first, otherRoots), ["eks-db-secrets/ca-bundle-hash"]);
  });
});

type Annotations = Readonly<Record<string, string>>;

function annotationsOf(registrations: readonly Registration[]): Annotations {
  const { spec } = inputsOf(registrations, "api-deployment") as {
    spec: { template: { metadata: { annotations: Annotations } } };
  };
  return spec.template.metadata.annotations;
}

const changed = (before: Annotations, after: Annotations): string[] =>
  Object.keys(before).filter((name) => before[name] !== after[name]);

async function rootsOf(region: string): Promise<string> {
  const { registrations } = await deployApi({}, { region });
  const { data } = inputsOf(registrations, "api-rds-ca") as { data: Record<string, string> };
  return data["ca-bundle.pem"] ?? "";
}
