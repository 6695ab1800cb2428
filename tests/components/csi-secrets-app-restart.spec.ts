import * as assert from "node:assert/strict";
import { CONNECTION_SHAPE, CsiSecretsApp, CsiSecretsDriver } from "../../components";
import { evaluate } from "../../preflight/simulation/mocks/run";
import { deployApi, LEAST } from "../support/csi-secrets-app";
import { inputsOf, inventory } from "../support/registrations";

const ROTATING = { shape: CONNECTION_SHAPE, rotation: { every: "30d" } } as const;
const metadata = {
  name: "api-restart",
  namespace: "shop",
  labels: { "app.kubernetes.io/name": "api-restart", "app.kubernetes.io/managed-by": "pulumi" },
};
const RESTART = /api-restart/;

describe("What restarts the pods of a CsiSecretsApp", () => {
  it("is a CronJob that may restart its Deployment and nothing else, where variables rotate", async () => {
    const { registrations } = await deployApi({ ...ROTATING, env: { DB_PASSWORD: "password" } });
    assert.deepEqual(
      inventory(registrations).filter((one) => RESTART.test(one)),
      [
        "kubernetes:batch/v1:CronJob api-restart [after api-deployment, api-restart-binding]",
        "kubernetes:core/v1:ServiceAccount api-restart-account",
        "kubernetes:rbac.authorization.k8s.io/v1:Role api-restart-role",
        "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding api-restart-binding",
      ],
    );
    const rbac = { apiVersion: "rbac.authorization.k8s.io/v1", metadata };
    assert.deepEqual(inputsOf(registrations, "api-restart-role"), {
      ...{ ...rbac, kind: "Role" },
      rules: [
        {
          apiGroups: ["apps"],
          resources: ["deployments"],
          resourceNames: ["api"],
          verbs: ["get", "patch"],
        },
      ],
    });
    assert.deepEqual(inputsOf(registrations, "api-restart-binding"), {
      ...{ ...rbac, kind: "RoleBinding" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "api-restart" },
      subjects: [{ kind: "ServiceAccount", name: "api-restart", namespace: "shop" }],
    });
    assert.deepEqual(inputsOf(registrations, "api-restart"), {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata,
      spec: {
        schedule: "0 3 * * 0",
        timeZone: "Etc/UTC",
        suspend: false,
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 3600,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          spec: {
            backoffLimit: 3,
            activeDeadlineSeconds: 300,
            template: {
              metadata: { labels: metadata.labels },
              spec: {
                serviceAccountName: "api-restart",
                restartPolicy: "Never",
                enableServiceLinks: false,
                securityContext: {
                  runAsNonRoot: true,
                  runAsUser: 65532,
                  seccompProfile: { type: "RuntimeDefault" },
                },
                containers: [
                  {
                    name: "kubectl",
                    image: "registry.k8s.io/kubectl:v1.35.0",
                    command: [
                      ...["kubectl", "rollout", "restart", "deployment/api"],
                      "--cache-dir=/tmp/cache",
                    ],
                    resources: {
                      requests: { cpu: "10m", memory: "32Mi" },
                      limits: { memory: "128Mi" },
                    },
                    securityContext: {
                      allowPrivilegeEscalation: false,
                      readOnlyRootFilesystem: true,
                      capabilities: { drop: ["ALL"] },
                    },
                    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
                  },
                ],
                volumes: [{ name: "tmp", emptyDir: {} }],
              },
            },
          },
        },
      },
    });
  });

  it("follows the caller's window, and pauses", async () => {
    const { registrations } = await deployApi({
      ...{ ...ROTATING, env: { DB_PASSWORD: "password" } },
      restartSchedule: {
        ...{ cron: "15 2 * * *", timeZone: "Europe/Berlin", suspend: true },
        image: "registry.example.com/kubectl:1",
      },
    });
    const { spec } = inputsOf(registrations, "api-restart") as {
      spec: { jobTemplate: { spec: { template: { spec: { containers: { image: string }[] } } } } };
    };
    const { schedule, timeZone, suspend } = spec as unknown as Record<string, unknown>;
    assert.deepEqual(
      { schedule, timeZone, suspend },
      { schedule: "15 2 * * *", timeZone: "Europe/Berlin", suspend: true },
    );
    const [container] = spec.jobTemplate.spec.template.spec.containers;
    assert.equal(container?.image, "registry.example.com/kubectl:1");
  });

  it("is Reloader, by an annotation for the class", async () => {
    const { registrations } = await deployApi({
      ...{ ...ROTATING, env: { DB_PASSWORD: "password" }, restart: "reloader" },
    });
    const { metadata: own } = inputsOf(registrations, "api-deployment") as {
      metadata: { annotations: unknown };
    };
    assert.deepEqual(own.annotations, {
      "secretproviderclass.reloader.stakater.com/reload": "api",
    });
    assert.deepEqual(
      inventory(registrations).filter((one) => RESTART.test(one)),
      [],
    );
  });

  it("is nothing where only files rotate", async () => {
    const { registrations } = await deployApi({ ...ROTATING, env: { DB_HOST: "host" } });
    const { metadata: own } = inputsOf(registrations, "api-deployment") as { metadata: object };
    assert.equal("annotations" in own, false);
    assert.deepEqual(
      inventory(registrations).filter((one) => RESTART.test(one)),
      [],
    );
  });
});

describe("A driver that does not rotate", () => {
  const apps = (rotation: false | object, secrets: Partial<typeof LEAST>) =>
    evaluate(() => {
      const driver = new CsiSecretsDriver("secrets", { region: "eu-central-1", rotation });
      new CsiSecretsApp("api", { ...LEAST, ...secrets, driver });
    });
  const moreSecrets = [{ secretName: "shop/reports", rotation: { every: "30d" } }];

  it("is refused with a secret that rotates, at the app that has it", async () => {
    for (const secrets of [ROTATING, { moreSecrets }]) {
      await assert.rejects(apps(false, secrets), {
        message:
          /CsiSecretsApp "api": 'driver' must be a CsiSecretsDriver with 'rotation': a secret of the app rotates/,
      });
    }
  });

  it("is accepted with one that does not, and so is one that rotates", async () => {
    await apps(false, {});
    await apps({ pollInterval: "1m" }, ROTATING);
  });
});
