import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { CONNECTION_SHAPE, type CsiSecretsAppArgs } from "../../components";
import { diagnose } from "../../preflight/doctor";
import { deployApi } from "../support/csi-secrets-app";
import { inputsOf, inventory, resourceNamed } from "../support/registrations";
import { CONTEXT } from "../unit/preflight/doctor/programs";

const MIGRATE: Partial<CsiSecretsAppArgs> = {
  shape: CONNECTION_SHAPE,
  env: { DB_HOST: "host" },
  environment: { LOG_LEVEL: "info" },
  podLabels: { team: "orders" },
  podAnnotations: { "prometheus.io/scrape": "true" },
  imagePullSecrets: ["registry"],
  runAsUser: 1000,
  writablePaths: ["/cache"],
  migrate: { command: ["npm", "run", "migrate"], environment: { LOG_LEVEL: "debug" } },
};

interface JobInputs {
  readonly metadata: { readonly name: string; readonly labels: object };
  readonly spec: {
    readonly template: { readonly metadata: object; readonly spec: Record<string, unknown> };
  };
}

const jobOf = async (args: Partial<CsiSecretsAppArgs>): Promise<JobInputs> =>
  inputsOf((await deployApi(args)).registrations, "api-migrate") as unknown as JobInputs;

describe("A migration of a CsiSecretsApp", () => {
  it("is a Job that the Deployment waits for, after all that a pod needs", async () => {
    const { registrations } = await deployApi(MIGRATE);
    const dependencies = (name: string): readonly string[] =>
      resourceNamed(registrations, name)
        .dependsOn.map((urn) => urn.split("::").at(-1) ?? "")
        .sort();
    const job = dependencies("api-migrate");
    for (const needed of ["api-secrets", "api-rds-ca", "api-read-secrets", "api-pod-identity"]) {
      assert.ok(job.includes(needed), job.join());
    }
    assert.ok(dependencies("api-deployment").includes("api-migrate"));
    assert.deepEqual(
      inventory(registrations).filter((one) => one.startsWith("kubernetes:batch")).length,
      1,
    );
  });

  it("is under the restricted pod security standard, with the app's secrets, and ends", async () => {
    const { metadata, spec } = await jobOf(MIGRATE);
    const labels = {
      "app.kubernetes.io/name": "api-migrate",
      "app.kubernetes.io/managed-by": "pulumi",
    };
    assert.match(metadata.name, /^api-migrate-[0-9a-f]{8}$/);
    assert.deepEqual(
      { metadata, spec },
      {
        metadata: {
          name: metadata.name,
          namespace: "shop",
          labels,
          annotations: { "pulumi.com/replaceUnready": "true" },
        },
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: 600,
          template: {
            metadata: { labels: { team: "orders", ...labels } },
            spec: {
              restartPolicy: "Never",
              serviceAccountName: "api",
              automountServiceAccountToken: false,
              imagePullSecrets: [{ name: "registry" }],
              enableServiceLinks: false,
              securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
              containers: [
                {
                  name: "migrate",
                  image: "registry.example.com/api:1",
                  command: ["npm", "run", "migrate"],
                  resources: {
                    requests: { cpu: "100m", memory: "128Mi" },
                    limits: { memory: "256Mi" },
                  },
                  env: [
                    {
                      name: "DB_HOST",
                      valueFrom: { secretKeyRef: { name: "api-env", key: "DB_HOST" } },
                    },
                    { name: "PGSSLMODE", value: "verify-full" },
                    { name: "PGSSLROOTCERT", value: "/etc/rds-ca/ca-bundle.pem" },
                    { name: "NODE_EXTRA_CA_CERTS", value: "/etc/rds-ca/ca-bundle.pem" },
                    { name: "PGSERVICEFILE", value: "/mnt/secrets-store/pg_service.conf" },
                    { name: "PGSERVICE", value: "api" },
                    { name: "LOG_LEVEL", value: "debug" },
                  ],
                  securityContext: {
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ["ALL"] },
                    runAsNonRoot: true,
                    runAsUser: 1000,
                  },
                  volumeMounts: [
                    { name: "secrets", mountPath: "/mnt/secrets-store", readOnly: true },
                    { name: "ca-bundle", mountPath: "/etc/rds-ca", readOnly: true },
                    { name: "writable-0", mountPath: "/tmp" },
                    { name: "writable-1", mountPath: "/cache" },
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
                { name: "writable-1", emptyDir: {} },
              ],
            },
          },
        },
      },
    );
  });

  it("leaves the pods as they are without it", async () => {
    const without = { ...MIGRATE, migrate: undefined };
    const deploymentWith = async (args: Partial<CsiSecretsAppArgs>) =>
      inputsOf((await deployApi(args)).registrations, "api-deployment");
    const plain = await deploymentWith(without);
    const migrated = await deploymentWith(MIGRATE);
    assert.deepEqual(migrated, plain);
  });

  it("is another Job for another image, command or variable, and the same for what it does not run", async () => {
    const nameWith = async (args: Partial<CsiSecretsAppArgs>): Promise<string> =>
      (await jobOf({ ...MIGRATE, ...args })).metadata.name;
    const { migrate } = MIGRATE;
    assert.ok(migrate);
    const others = [
      {},
      { image: "registry.example.com/api:2" },
      { migrate: { ...migrate, image: "registry.example.com/migrate:1" } },
      { migrate: { ...migrate, command: ["npm", "run", "other"] } },
      { migrate: { ...migrate, args: ["--all"] } },
      { migrate: { command: migrate.command } },
      { env: { DB_NAME: "dbname" } },
    ];
    const names: string[] = [];
    for (const args of others) names.push(await nameWith(args));
    assert.equal(new Set(names).size, others.length);
    const same = [
      { replicas: 5 },
      { podAnnotations: {} },
      { image: pulumi.output("registry.example.com/api:1") },
      { migrate: { ...migrate, backoffLimit: 0 } },
    ];
    for (const args of same) assert.equal(await nameWith(args), names[0]);
  });

  it("takes its own image, resources and limits", async () => {
    const { spec } = await jobOf({
      migrate: {
        command: ["flyway"],
        args: ["migrate"],
        image: pulumi.output("flyway:11"),
        resources: { limits: { memory: "1Gi" } },
        activeDeadlineSeconds: 3600,
        backoffLimit: 0,
      },
    });
    const { backoffLimit, activeDeadlineSeconds, template } = spec as unknown as {
      backoffLimit: number;
      activeDeadlineSeconds: number;
      template: { spec: { containers: Record<string, unknown>[] } };
    };
    const { image, command, args, resources } = template.spec.containers[0] ?? {};
    assert.deepEqual(
      { backoffLimit, activeDeadlineSeconds, image, command, args, resources },
      {
        backoffLimit: 0,
        activeDeadlineSeconds: 3600,
        image: "flyway:11",
        command: ["flyway"],
        args: ["migrate"],
        resources: { limits: { memory: "1Gi" } },
      },
    );
  });

  it("is nothing that the doctor has more to say about than of the app", async () => {
    const findings = async (args: Partial<CsiSecretsAppArgs>) =>
      diagnose((await deployApi({ ...args, driver: "install" })).registrations, CONTEXT).map(
        ({ id, message }) => `${id} ${message}`,
      );
    const without = { ...MIGRATE, migrate: undefined };
    assert.deepEqual(await findings(MIGRATE), await findings(without));
  });
});
