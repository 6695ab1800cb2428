import * as assert from "node:assert/strict";
import {
  imageProblem,
  kmsKeyArnProblem,
  oidcProviderArnProblem,
  secretArnProblem,
  secretNameProblem,
} from "../../../../components/csi-secrets-app/late-checks";

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/orders-db-AbCdEf";
const FULL = "must be the full ARN of a secret, with the hyphen and six characters at its end";

describe("The name of a secret", () => {
  for (const name of ["orders", "/shop/orders_+=.@-db", "x".repeat(512), ARN]) {
    it(`may be '${name}'`, () => assert.equal(secretNameProblem(name), undefined));
  }
  for (const name of [
    "",
    "orders db",
    "x".repeat(513),
    "orders*",
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders",
    "arn:aws:ssm:eu-central-1:123456789012:parameter/orders",
  ]) {
    it(`may not be '${name}'`, () => {
      assert.equal(
        secretNameProblem(name),
        `must be a secret's name (1 to 512 letters, digits and /_+=.@-) or its full ARN; got '${name}'`,
      );
    });
  }
});

describe("The ARN of a secret", () => {
  for (const name of ["shop/orders-db", ARN]) {
    it(`may be that of '${name}'`, () => assert.equal(secretArnProblem(name)(ARN), undefined));
  }
  for (const partition of ["aws-cn", "aws-us-gov"]) {
    it(`may be of ${partition}`, () => {
      const arn = ARN.replace("arn:aws:", `arn:${partition}:`);
      assert.equal(secretArnProblem("shop/orders-db")(arn), undefined);
    });
  }
  for (const arn of [
    "",
    "shop/orders-db",
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/orders",
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/orders-db-??????",
    "arn:aws:secretsmanager:eu-central-1:1234:secret:shop/orders-db-AbCdEf",
    "arn:aws:secretsmanager:*:123456789012:secret:shop/orders-db-AbCdEf",
  ]) {
    it(`may not be '${arn}'`, () => {
      assert.equal(secretArnProblem("shop/orders-db")(arn), `${FULL}; got '${arn}'`);
    });
  }
  for (const name of ["orders-db", "shop/orders", "shop/orders-db-AbCdEf", `${ARN}x`]) {
    it(`may not be that of another secret than '${name}'`, () => {
      assert.equal(
        secretArnProblem(name)(ARN),
        `must be the ARN of the secret that 'secretName' names; got '${ARN}'`,
      );
    });
  }
});

describe("The other references", () => {
  const kms = (got: string) =>
    `must be the ARN of a KMS key, not an alias: a policy names keys; got '${got}'`;
  const oidc = (got: string) =>
    `must be the ARN of an OpenID Connect provider in IAM; got '${got}'`;
  const key = "arn:aws:kms:eu-central-1:123456789012:key/";
  const cases: readonly [(value: string) => string | undefined, string, string | undefined][] = [
    [kmsKeyArnProblem, `${key}1234abcd-12ab-34cd-56ef-1234567890ab`, undefined],
    [kmsKeyArnProblem, `${key}mrk-1234abcd12ab34cd56ef1234567890ab`, undefined],
    [kmsKeyArnProblem, "alias/orders", kms("alias/orders")],
    [kmsKeyArnProblem, `${key}*`, kms(`${key}*`)],
    [
      kmsKeyArnProblem,
      "arn:aws:kms:eu-central-1:123456789012:alias/orders",
      kms("arn:aws:kms:eu-central-1:123456789012:alias/orders"),
    ],
    [oidcProviderArnProblem, "arn:aws:iam::123456789012:oidc-provider/example.com/x", undefined],
    [oidcProviderArnProblem, "https://example.com/x", oidc("https://example.com/x")],
    [imageProblem, "postgres:17-alpine", undefined],
    [imageProblem, "", "must be a container image without spaces; got ''"],
    [imageProblem, "my image", "must be a container image without spaces; got 'my image'"],
  ];
  for (const [problemOf, value, problem] of cases) {
    it(`${problem === undefined ? "may be" : "may not be"} '${value}'`, () => {
      assert.equal(problemOf(value), problem);
    });
  }
});
