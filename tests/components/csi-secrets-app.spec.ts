import * as assert from "node:assert/strict";
import type { CsiSecretsAppArgs } from "../../components";
import { deployApi, IRSA } from "../support/csi-secrets-app";
import { inputsOf, inventory, resourceNamed } from "../support/registrations";

const COMPONENT = "eks-db-secrets:index:CsiSecretsApp api";
const ROLE = "aws:iam/role:Role api-role";
const POLICY = "aws:iam/rolePolicy:RolePolicy api-read-secrets";
const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation api-pod-identity";
const ACCOUNT = "kubernetes:core/v1:ServiceAccount api-service-account";
const NAMESPACE = "kubernetes:core/v1:Namespace api-namespace";
const CLASS = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass api-secrets";
const BUNDLE = "kubernetes:core/v1:ConfigMap api-rds-ca";
/** The pods wait for what they mount, and for the right to read it. */
const deployment = (...more: string[]): string => {
  const after = [...more, "api-rds-ca", "api-read-secrets", "api-secrets"].sort().join(", ");
  return `kubernetes:apps/v1:Deployment api-deployment [after ${after}]`;
};
const DEPLOYMENT = deployment("api-pod-identity");
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget api-pdb";
const SERVICE = "kubernetes:core/v1:Service api-service [after api-deployment]";
const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler api-autoscaler";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress api-ingress [after api-service]";
const ALWAYS = [
  ...[COMPONENT, ROLE, POLICY, ASSOCIATION, ACCOUNT],
  ...[NAMESPACE, CLASS, BUNDLE, DEPLOYMENT, BUDGET],
];
const WITH_DRIVER = [
  ...ALWAYS.filter((one) => one !== CLASS && one !== DEPLOYMENT),
  "eks-db-secrets:index:CsiSecretsDriver api-driver",
  "kubernetes:helm.sh/v3:Release api-driver-release [deleteBeforeReplace]",
  `${CLASS} [after api-driver-release]`,
  deployment("api-driver-release", "api-pod-identity"),
];
const WITH_IRSA = [
  ...ALWAYS.filter((one) => one !== ASSOCIATION && one !== DEPLOYMENT),
  deployment(),
];

describe("CsiSecretsApp", () => {
  const inventories: readonly [string, Partial<CsiSecretsAppArgs>, readonly string[]][] = [
    ["with Pod Identity", {}, ALWAYS],
    ["with IRSA", { identity: IRSA }, WITH_IRSA],
    ["with the driver", { driver: "install" }, WITH_DRIVER],
    ["with the driver, by default", { driver: undefined }, WITH_DRIVER],
    ["with one pod", { replicas: 1 }, ALWAYS.filter((one) => one !== BUDGET)],
    ["with an autoscaler", { replicas: { min: 1, max: 2, cpu: 70 } }, [...ALWAYS, AUTOSCALER]],
    [
      "with an autoscaler that has nothing to decide",
      { replicas: { min: 1, max: 1, cpu: 70 } },
      [...ALWAYS.filter((one) => one !== BUDGET), AUTOSCALER],
    ],
    ["with several ports", { ports: [{ name: "a", containerPort: 1 }] }, [...ALWAYS, SERVICE]],
    ["without a pod", { replicas: 0 }, ALWAYS.filter((one) => one !== BUDGET)],
    [
      "in a namespace that exists",
      { createNamespace: false },
      ALWAYS.filter((one) => one !== NAMESPACE),
    ],
    ["with a port", { containerPort: 8080 }, [...ALWAYS, SERVICE]],
    [
      "with an Ingress",
      { containerPort: 8080, ingress: { className: "alb" } },
      [...ALWAYS, SERVICE, INGRESS],
    ],
    ["with another secret", { moreSecrets: [{ secretName: "mail" }] }, ALWAYS],
  ];
  for (const [what, args, expected] of inventories) {
    it(`registers these resources and no others ${what}`, async () => {
      const { registrations, log } = await deployApi(args);
      assert.deepEqual(inventory(registrations), [...expected].sort());
      assert.deepEqual(log, []);
    });
  }

  it("is the parent of each of them and keeps its own inputs empty", async () => {
    const ingress = { className: "alb" };
    const { registrations } = await deployApi({ containerPort: 8080, ingress });
    const component = resourceNamed(registrations, "api");
    assert.deepEqual(component.inputs, {});
    const strangers = registrations.filter((r) => r !== component && r.parent !== component.urn);
    assert.deepEqual(strangers, []);
  });

  it("hands out names, the role and the folder of the files", async () => {
    const { registrations, outputs } = await deployApi({ containerPort: 8080 });
    assert.deepEqual(outputs, {
      namespace: "shop",
      serviceAccountName: "api",
      roleArn: resourceNamed(registrations, "api-role").outputs.arn,
      secretProviderClassName: "api",
      syncedSecretName: "api-env",
      deploymentName: "api",
      serviceName: "api",
      secretsPath: "/mnt/secrets-store",
    });
  });

  it("hands out neither Service nor synced Secret where there is none", async () => {
    const { registrations, outputs } = await deployApi({ env: {}, files: { host: "host" } });
    assert.equal("serviceName" in outputs, false);
    assert.equal("syncedSecretName" in outputs, false);
    const { spec } = inputsOf(registrations, "api-secrets") as { spec: object };
    assert.equal("secretObjects" in spec, false);
  });
});
