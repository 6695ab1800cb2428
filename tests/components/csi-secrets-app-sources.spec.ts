import * as assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CsiSecretsApp, type CsiSecretsAppArgs } from "../../components";
import { diagnose } from "../../preflight/doctor";
import { evaluate, type Evaluation } from "../../preflight/simulation/mocks/run";
import { deployApi, LEAST } from "../support/csi-secrets-app";
import { problemsOf } from "../support/csi-secrets-app-problems";
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

  it("in a variable needs a restart where it rotates", () => {
    const moreSecrets = [
      { secretName: "stripe", whole: { env: "STRIPE_KEY" }, rotation: { every: "30d" } },
    ];
    assert.match(
      problemsOf({ moreSecrets, restart: "none" }).join(),
      /^restart .*moreSecrets\[0\]/,
    );
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

describe("The arguments of secrets and parameters are refused:", () => {
  const PARAMETER =
    "must be the name of a parameter, such as /orders/api-key (letters, digits and the characters _ " +
    ". - and / before each of up to 15 parts), or its ARN";
  const REFUSED: readonly [Parameters<typeof problemsOf>[0], string[]][] = [
    [
      { secretName: undefined, env: undefined, moreSecrets: [{}] },
      ["", "moreSecrets[0]."].map(
        (at) =>
          `${at}secretName is missing: name a secret of Secrets Manager, or with 'parameter' one of ` +
          "Parameter Store",
      ),
    ],
    [
      { moreSecrets: [{ secretName: "a", parameter: "/a" }] },
      [
        "moreSecrets[0].parameter cannot be combined with 'moreSecrets[0].secretName': give each a " +
          "source of its own",
      ],
    ],
    [
      { moreSecrets: [{ parameter: "/a", secretArn: ARN, failoverKmsKeyArn: KEY }] },
      [
        "moreSecrets[0].secretArn cannot be combined with 'moreSecrets[0].parameter', whose ARN " +
          "follows from its name",
        "moreSecrets[0].failoverKmsKeyArn needs 'failoverRegion', which the key is in",
      ],
    ],
    ...["", "/", "a/b", "/a//b", "/a/", "/a b", "/a:3", `/${"a/".repeat(16)}a`].map(
      (parameter): [Parameters<typeof problemsOf>[0], string[]] => [
        { moreSecrets: [{ parameter }] },
        [`moreSecrets[0].parameter ${PARAMETER}; got "${parameter}"`],
      ],
    ),
    [
      {
        region: "eu-central-1",
        failoverRegion: "eu-central-1",
        moreSecrets: [
          { parameter: "arn:aws:ssm:us-west-2:123456789012:parameter/a" },
          { parameter: "/b" },
          { parameter: "arn:aws:ssm:eu-central-1:123456789012:parameter/b" },
        ],
      },
      [
        "moreSecrets[0].parameter must be in the region of the app's secrets ('region', else the AWS " +
          "provider's), which is the only one that its pods read; got " +
          '"arn:aws:ssm:us-west-2:123456789012:parameter/a"',
        "failoverRegion must be another region than that of the secrets ('region', else the AWS " +
          'provider\'s); got "eu-central-1"',
        "moreSecrets[2].parameter is that of 'moreSecrets[1].parameter' too: of two entries of one " +
          "parameter the provider writes the last alone; ask for everything in one",
      ],
    ],
    [
      {
        failoverRegion: "eu-west-1",
        failoverKmsKeyArn: KEY,
        whole: {},
        moreSecrets: [{ secretName: "a", whole: { env: "2ND", file: "../x" } }],
      },
      [
        "whole must have 'env', 'file' or both",
        "moreSecrets[0].whole.env must be a name of 1 to 245 letters, digits and underscores that does " +
          'not start with a digit; got "2ND"',
        "moreSecrets[0].whole.file must be a file name of 1 to 245 letters, digits, dots, hyphens and " +
          "underscores, not '.' and not starting with '..'; got \"../x\"",
        "failoverKmsKeyArn must be in eu-west-1, the region of the secret; it is in eu-central-1; " +
          `got "${KEY}"`,
      ],
    ],
    [
      {
        env: { DB_HOST: "host" },
        moreSecrets: [{ secretName: "a", whole: { env: "DB_HOST" } }],
        environment: { DB_HOST: "x" },
      },
      [
        "moreSecrets[0].whole makes the file \"DB_HOST\", which 'env.DB_HOST' makes too; choose another name",
        "environment.DB_HOST is also a variable from a secret; leave one of them out",
      ],
    ],
    [
      { whole: { file: "secret-2.json" }, moreSecrets: [{ secretName: "a" }] },
      [
        'whole makes the file "secret-2.json", which the whole JSON of the secret makes too; choose another name',
      ],
    ],
  ];
  for (const [args, expected] of REFUSED) {
    it(JSON.stringify(args), () => assert.deepEqual(problemsOf(args), expected));
  }
});
