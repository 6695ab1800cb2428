import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { deployApi, IRSA, OIDC_PROVIDER } from "../support/csi-secrets-app";
import { inputsOf, resourceNamed } from "../support/registrations";

const labels = { "app.kubernetes.io/name": "api", "app.kubernetes.io/managed-by": "pulumi" };
const metadata = { name: "api", namespace: "shop", labels };

const json = (value: unknown): unknown => JSON.parse(String(value));

describe("The identity of a CsiSecretsApp", () => {
  it("makes a ServiceAccount that no token is mounted for", async () => {
    const { registrations } = await deployApi();
    const account = {
      apiVersion: "v1",
      kind: "ServiceAccount",
      automountServiceAccountToken: false,
    };
    assert.deepEqual(inputsOf(registrations, "api-service-account"), { ...account, metadata });
    const irsa = await deployApi({ identity: IRSA });
    const { arn } = resourceNamed(irsa.registrations, "api-role").outputs;
    assert.deepEqual(inputsOf(irsa.registrations, "api-service-account"), {
      ...account,
      metadata: { ...metadata, annotations: { "eks.amazonaws.com/role-arn": arn } },
    });
  });

  it("makes a role for one cluster's Pod Identity, and associates it", async () => {
    const { registrations } = await deployApi({ tags: { team: "shop" } });
    const { assumeRolePolicy, ...role } = inputsOf(registrations, "api-role");
    assert.deepEqual(role, { description: "Reads the secrets of api", tags: { team: "shop" } });
    assert.deepEqual(json(assumeRolePolicy), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "PodIdentityOfOneCluster",
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnEquals: { "aws:SourceArn": "arn:aws:eks:eu-central-1:123456789012:cluster/prod" },
          },
        },
      ],
    });
    assert.deepEqual(inputsOf(registrations, "api-pod-identity"), {
      clusterName: "prod",
      namespace: "shop",
      serviceAccount: "api",
      roleArn: resourceNamed(registrations, "api-role").outputs.arn,
      tags: { team: "shop" },
    });
  });

  it("makes a role for the tokens of one ServiceAccount with IRSA", async () => {
    const { registrations } = await deployApi({ identity: IRSA });
    const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/ABC";
    assert.deepEqual(json(inputsOf(registrations, "api-role").assumeRolePolicy), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OneServiceAccount",
          Effect: "Allow",
          Principal: { Federated: OIDC_PROVIDER },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              [`${issuer}:aud`]: "sts.amazonaws.com",
              [`${issuer}:sub`]: "system:serviceaccount:shop:api",
            },
          },
        },
      ],
    });
  });

  it("lets the role read each secret and decrypt with its key", async () => {
    const arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret";
    const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
    const { registrations } = await deployApi({
      moreSecrets: [{ secretName: "mail", secretArn: `${arn}:mail-AbCdEf`, kmsKeyArn }],
    });
    const { role, policy } = inputsOf(registrations, "api-read-secrets");
    assert.equal(role, resourceNamed(registrations, "api-role").outputs.name);
    assert.deepEqual(json(policy), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ReadSecrets",
          Effect: "Allow",
          Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
          Resource: [`${arn}:shop/orders-??????`, `${arn}:mail-AbCdEf`],
        },
        {
          Sid: "DecryptSecret2",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: kmsKeyArn,
          Condition: {
            StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" },
            StringLike: { "kms:EncryptionContext:SecretARN": `${arn}:mail-AbCdEf` },
          },
        },
      ],
    });
  });

  it("reads secrets of another region, for a cluster that stays where it is", async () => {
    const { registrations } = await deployApi({ region: pulumi.output("eu-west-1") });
    const text = (name: string) => JSON.stringify(inputsOf(registrations, name));
    assert.match(text("api-read-secrets"), /arn:aws:secretsmanager:eu-west-1:/);
    assert.match(text("api-secrets"), /"region":"eu-west-1"/);
    assert.match(text("api-role"), /arn:aws:eks:eu-central-1:123456789012:cluster\/prod/);
    const { data } = inputsOf(registrations, "api-rds-ca");
    const here = await deployApi({}, { region: "eu-west-1" });
    assert.deepEqual(data, inputsOf(here.registrations, "api-rds-ca").data);
  });
});
