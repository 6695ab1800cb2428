import * as assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CsiSecretsApp, type CsiSecretsAppArgs } from "../../components";
import { diagnose } from "../../preflight/doctor";
import { evaluate, type Evaluation } from "../../preflight/simulation/mocks/run";
import { deployApi, LEAST } from "../support/csi-secrets-app";
import { inputsOf, resourceNamed } from "../support/registrations";
import { CONTEXT } from "../unit/preflight/doctor/programs";

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/orders-AbCdEf";
const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";

const ONE_PARAMETER: Partial<CsiSecretsAppArgs> = {
  ...{ secretName: undefined, env: undefined },
  parameter: "/shop/api-key",
  whole: { env: "API_KEY" },
};

interface ClassSpec {
  readonly parameters: Readonly<Record<string, string>>;
  readonly secretObjects: readonly { readonly data: unknown }[];
}

const specOf = ({ registrations }: Evaluation): ClassSpec =>
  inputsOf(registrations, "api-secrets").spec as ClassSpec;
const objectsOf = (evaluation: Evaluation): unknown =>
  JSON.parse(specOf(evaluation).parameters.objects ?? "");
const rightsOf = ({ registrations }: Evaluation): readonly unknown[] =>
  (
    JSON.parse(String(inputsOf(registrations, "api-read-secrets").policy)) as {
      Statement: { Action: unknown; Resource: unknown }[];
    }
  ).Statement.map(({ Action, Resource }) => [Action, Resource]);

describe("A parameter of Parameter Store", () => {
  it("is delivered as a whole to a variable, with the right to read it and nothing else", async () => {
    const evaluation = await deployApi(ONE_PARAMETER);
    assert.deepEqual(objectsOf(evaluation), [
      { objectName: "/shop/api-key", objectType: "ssmparameter", objectAlias: "API_KEY" },
    ]);
    assert.deepEqual(specOf(evaluation).secretObjects[0]?.data, [
      { objectName: "API_KEY", key: "API_KEY" },
    ]);
    assert.deepEqual(rightsOf(evaluation), [
      [["ssm:GetParameters"], ["arn:aws:ssm:eu-central-1:123456789012:parameter/shop/api-key"]],
    ]);
  });

  it("may be one of several, with keys of its JSON", async () => {
    const evaluation = await deployApi({
      moreSecrets: [
        { parameter: pulumi.output("/mail"), env: { SMTP_USER: "user" }, kmsKeyArn: KEY },
      ],
    });
    assert.deepEqual((objectsOf(evaluation) as unknown[])[1], {
      objectName: "/mail",
      objectType: "ssmparameter",
      objectAlias: "secret-2.json",
      jmesPath: [{ path: "user", objectAlias: "SMTP_USER" }],
    });
    assert.deepEqual(
      rightsOf(evaluation).map(([action]: any) => action),
      [
        ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
        ["ssm:GetParameters"],
        "kms:Decrypt",
      ],
    );
  });

  it("of the same program is there before the class and the pods, and its read is proven", async () => {
    const { registrations } = await evaluate(() => {
      const parameter = new aws.ssm.Parameter("key", {
        name: "/shop/api-key",
        type: "SecureString",
        value: pulumi.secret("canary"),
      });
      new CsiSecretsApp("api", {
        ...{ ...LEAST, ...ONE_PARAMETER },
        driver: "install",
        parameter: parameter.name,
      });
    });
    for (const name of ["api-secrets", "api-deployment"]) {
      const { dependsOn } = resourceNamed(registrations, name);
      assert.ok(
        dependsOn.some((urn) => urn.endsWith("::key")),
        name,
      );
    }
    assert.deepEqual(
      diagnose(registrations, CONTEXT)
        .filter(({ id }) => id !== "image-tag-mutable")
        .map(({ id, message }) => `${id} ${message}`),
      [],
    );
  });
});

describe("A secret as a whole", () => {
  it("is a file of its own name, also beside its keys", async () => {
    const evaluation = await deployApi({
      whole: { file: "orders.json" },
      moreSecrets: [{ secretName: "stripe", whole: { env: "STRIPE_KEY", file: "stripe" } }],
    });
    assert.deepEqual(objectsOf(evaluation), [
      {
        objectName: "shop/orders",
        objectType: "secretsmanager",
        objectAlias: "orders.json",
        jmesPath: [{ path: "host", objectAlias: "DB_HOST" }],
      },
      { objectName: "stripe", objectType: "secretsmanager", objectAlias: "stripe" },
    ]);
    assert.deepEqual(specOf(evaluation).secretObjects[0]?.data, [
      { objectName: "DB_HOST", key: "DB_HOST" },
      { objectName: "stripe", key: "STRIPE_KEY" },
    ]);
  });
});

describe("A failover region", () => {
  it("is asked for every secret, by the ARN there where it is given by one", async () => {
    const evaluation = await deployApi({
      failoverRegion: pulumi.output("eu-west-1"),
      moreSecrets: [{ secretName: ARN, kmsKeyArn: KEY }, { parameter: "/key" }],
    });
    const objects = objectsOf(evaluation) as { failoverObject?: unknown }[];
    assert.equal(specOf(evaluation).parameters.failoverRegion, "eu-west-1");
    assert.deepEqual(
      objects.map(({ failoverObject }) => failoverObject),
      [undefined, { objectName: ARN.replace("eu-central-1", "eu-west-1") }, undefined],
    );
    const all = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/orders-??????";
    assert.deepEqual(rightsOf(evaluation).slice(0, 2), [
      [
        ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
        [all, ARN, ...[all, ARN].map((arn) => arn.replace("eu-central-1", "eu-west-1"))],
      ],
      [
        ["ssm:GetParameters"],
        ["eu-central-1", "eu-west-1"].map(
          (region) => `arn:aws:ssm:${region}:123456789012:parameter/key`,
        ),
      ],
    ]);
  });

  it("is another one than the secrets'", async () => {
    await assert.rejects(
      deployApi({ failoverRegion: pulumi.output("eu-central-1") }),
      /'failoverRegion' must be another region than that of the secrets/,
    );
  });
});
