import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  irsaTrust,
  oidcProviderArnProblem,
  podIdentityTrust,
  readPolicy,
} from "../../../../../components/csi-secrets-app/identity/policies";

const ACCOUNT = "123456789012";
const PARTITIONS = [
  { partition: "aws", region: "eu-central-1", dnsSuffix: "amazonaws.com" },
  { partition: "aws-cn", region: "cn-north-1", dnsSuffix: "amazonaws.com.cn" },
  { partition: "aws-us-gov", region: "us-gov-west-1", dnsSuffix: "amazonaws.com" },
] as const;

for (const { partition, region, dnsSuffix } of PARTITIONS) {
  const place = { partition, region, dnsSuffix, accountId: ACCOUNT };

  describe(`In the partition ${partition}`, () => {
    it("Pod Identity is trusted for one cluster of the account", () => {
      assert.deepEqual(podIdentityTrust({ partition, region, accountId: ACCOUNT, name: "prod" }), {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "PodIdentityOfOneCluster",
            Effect: "Allow",
            Principal: { Service: "pods.eks.amazonaws.com" },
            Action: ["sts:AssumeRole", "sts:TagSession"],
            Condition: {
              StringEquals: { "aws:SourceAccount": ACCOUNT },
              ArnEquals: {
                "aws:SourceArn": `arn:${partition}:eks:${region}:${ACCOUNT}:cluster/prod`,
              },
            },
          },
        ],
      });
    });

    it("a token is trusted for one ServiceAccount and for STS", () => {
      const issuer = `oidc.eks.${region}.${dnsSuffix}/id/EXAMPLED539D4633E53DE1B71EXAMPLE`;
      const provider = `arn:${partition}:iam::${ACCOUNT}:oidc-provider/${issuer}`;
      assert.deepEqual(irsaTrust(provider, "orders", "orders-api"), {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "OneServiceAccount",
            Effect: "Allow",
            Principal: { Federated: provider },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: {
              StringEquals: {
                [`${issuer}:aud`]: "sts.amazonaws.com",
                [`${issuer}:sub`]: "system:serviceaccount:orders:orders-api",
              },
            },
          },
        ],
      });
    });

    it("the policy reads the secrets, by name or by ARN, and decrypts each with its own key", () => {
      const arn = `arn:${partition}:secretsmanager:${region}:${ACCOUNT}:secret`;
      const key = `arn:${partition}:kms:${region}:${ACCOUNT}:key/1234abcd`;
      const foreign = `arn:${partition}:secretsmanager:${region}:210987654321:secret:shared-AbCdEf`;
      assert.deepEqual(
        readPolicy(place, [
          { type: "secretsmanager", name: "orders/db" },
          { type: "secretsmanager", name: "mail", arn: `${arn}:mail-AbCdEf`, kmsKeyArn: key },
          { type: "secretsmanager", name: foreign, kmsKeyArn: key },
          { type: "secretsmanager", name: "plain", kmsKeyArn: key },
        ]),
        {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "ReadSecrets",
              Effect: "Allow",
              Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
              Resource: [
                `${arn}:orders/db-??????`,
                `${arn}:mail-AbCdEf`,
                foreign,
                `${arn}:plain-??????`,
              ],
            },
            ...[
              [2, `${arn}:mail-AbCdEf`] as const,
              [3, foreign] as const,
              [4, `${arn}:plain-??????`] as const,
            ].map(([number, secret]) => ({
              Sid: `DecryptSecret${number}`,
              Effect: "Allow",
              Action: "kms:Decrypt",
              Resource: key,
              Condition: {
                StringEquals: { "kms:ViaService": `secretsmanager.${region}.${dnsSuffix}` },
                StringLike: { "kms:EncryptionContext:SecretARN": secret },
              },
            })),
          ],
        },
      );
    });
  });
}

describe("The policies", () => {
  const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/);
  const issuer = fc.oneof(
    fc.domain().map((host) => `${host}/id/ABC`),
    // As `fc.webUrl` makes them, which goes through all of Unicode for its percent signs at the start.
    fc
      .tuple(fc.domain(), fc.array(fc.stringMatching(/^([\w.~!$&'()*+,;=:@-]|%[0-9A-F]{2})*$/)))
      .map(([host, path]) => [host, ...path].join("/")),
  );

  it("never trust a token without both its audience and its subject", () => {
    fc.assert(
      fc.property(issuer, label, label, (host, namespace, account) => {
        const policy = irsaTrust(
          `arn:aws:iam::${ACCOUNT}:oidc-provider/${host}`,
          namespace,
          account,
        );
        for (const { Effect, Condition } of policy.Statement as Statements) {
          assert.equal(Effect, "Allow");
          assert.deepEqual(Condition, {
            StringEquals: {
              [`${host}:aud`]: "sts.amazonaws.com",
              [`${host}:sub`]: `system:serviceaccount:${namespace}:${account}`,
            },
          });
        }
      }),
    );
  });

  it("read parameters by name or by ARN, each decrypted through Systems Manager alone", () => {
    const place = { ...PARTITIONS[0], accountId: ACCOUNT };
    const arn = `arn:aws:ssm:eu-central-1:${ACCOUNT}:parameter`;
    const key = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1234abcd`;
    assert.deepEqual(
      readPolicy(place, [
        { type: "ssmparameter", name: "/orders/key", kmsKeyArn: key },
        { type: "ssmparameter", name: "flat" },
        { type: "ssmparameter", name: arn.replace(ACCOUNT, "210987654321") + "/shared" },
      ]).Statement,
      [
        {
          Sid: "ReadParameters",
          Effect: "Allow",
          Action: ["ssm:GetParameters"],
          Resource: [
            `${arn}/orders/key`,
            `${arn}/flat`,
            "arn:aws:ssm:eu-central-1:210987654321:parameter/shared",
          ],
        },
        {
          Sid: "DecryptParameter1",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: key,
          Condition: {
            StringEquals: { "kms:ViaService": "ssm.eu-central-1.amazonaws.com" },
            StringLike: { "kms:EncryptionContext:PARAMETER_ARN": `${arn}/orders/key` },
          },
        },
      ],
    );
  });

  it("read the copies of a second region as well, with their own keys", () => {
    const place = { ...PARTITIONS[0], accountId: ACCOUNT };
    const at = (region: string) => `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret`;
    const key = (region: string, id: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/${id}`;
    const { Statement } = readPolicy(
      place,
      [
        {
          type: "secretsmanager",
          name: "a",
          arn: `${at("eu-central-1")}:a-AbCdEf`,
          kmsKeyArn: key("eu-central-1", "mrk-1"),
        },
        { type: "secretsmanager", name: "b", kmsKeyArn: key("eu-central-1", "1") },
        {
          type: "secretsmanager",
          name: `${at("eu-central-1")}:c-AbCdEf`,
          failoverKmsKeyArn: key("eu-west-1", "2"),
        },
        { type: "ssmparameter", name: "/d" },
      ],
      "eu-west-1",
    );
    const statements = Statement as { Sid: string; Resource: unknown; Condition?: object }[];
    assert.deepEqual(
      statements.map(({ Sid, Resource, Condition }) => [Sid, Resource, Condition]),
      [
        [
          "ReadSecrets",
          ["eu-central-1", "eu-west-1"].flatMap((region) => [
            `${at(region)}:a-AbCdEf`,
            `${at(region)}:b-??????`,
            `${at(region)}:c-AbCdEf`,
          ]),
          undefined,
        ],
        [
          "ReadParameters",
          ["eu-central-1", "eu-west-1"].map(
            (region) => `arn:aws:ssm:${region}:${ACCOUNT}:parameter/d`,
          ),
          undefined,
        ],
        ...(
          [
            ["DecryptSecret1", "eu-central-1", "mrk-1", "a-AbCdEf"],
            ["DecryptSecret2", "eu-central-1", "1", "b-??????"],
            ["DecryptSecret1Failover", "eu-west-1", "mrk-1", "a-AbCdEf"],
            ["DecryptSecret3Failover", "eu-west-1", "2", "c-AbCdEf"],
          ] as const
        ).map(([sid, region, id, secret]) => [
          sid,
          key(region, id),
          {
            StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
            StringLike: { "kms:EncryptionContext:SecretARN": `${at(region)}:${secret}` },
          },
        ]),
      ],
    );
  });

  it("never read by more than the six characters that Secrets Manager adds", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9/_+=.@-]{1,60}$/);
    const place = { ...PARTITIONS[0], accountId: ACCOUNT };
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), (names) => {
        const [read] = readPolicy(
          place,
          names.map((one) => ({ type: "secretsmanager", name: one })),
        ).Statement as Statements;
        assert.deepEqual(
          read?.Resource,
          names.map((one) => `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:${one}-??????`),
        );
      }),
    );
  });

  it("know the ARN of an OpenID Connect provider from others", () => {
    const yes = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/AB";
    const no = [
      "",
      "oidc.eks.eu-central-1.amazonaws.com/id/AB",
      "https://oidc.eks.eu-central-1.amazonaws.com/id/AB",
      "arn:aws:iam::123456789012:role/api",
      "arn:aws:iam::123456789012:oidc-provider/",
      `x${yes}`,
    ];
    const reason = "must be the ARN of an OpenID Connect provider in IAM";
    assert.deepEqual([yes, ...no].map(oidcProviderArnProblem), [
      undefined,
      ...no.map(() => reason),
    ]);
  });
});

type Statements = readonly {
  readonly Effect: string;
  readonly Condition?: unknown;
  readonly Resource?: unknown;
}[];
