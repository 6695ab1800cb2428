import * as assert from "node:assert/strict";
import { problemsOf } from "../../../../support/csi-secrets-app-problems";

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/orders-AbCdEf";
const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";

describe("A secret as a whole", () => {
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
