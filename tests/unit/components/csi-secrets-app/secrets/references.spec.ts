import * as assert from "node:assert/strict";
import {
  arnOfSecretProblem,
  firstOf,
  secretReferenceProblem,
  secretRegionProblem,
} from "../../../../../components/csi-secrets-app/secrets/references";

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/orders-db-AbCdEf";

describe("A secret", () => {
  for (const reference of ["orders", "/shop/orders_+=.@-db", "x".repeat(512), ARN]) {
    it(`may be called "${reference}"`, () => {
      assert.equal(secretReferenceProblem(reference), undefined);
    });
  }
  for (const reference of [
    "",
    "orders db",
    "x".repeat(513),
    "orders*",
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders",
    "arn:aws:ssm:eu-central-1:123456789012:parameter/orders",
  ]) {
    it(`may not be called "${reference}"`, () => {
      assert.equal(
        secretReferenceProblem(reference),
        "must be the name of a secret (1 to 512 letters, digits and the characters / _ + = . @ -) " +
          "or its full ARN",
      );
    });
  }
});

describe("The region of a secret", () => {
  it("is that of the app, where an ARN tells it", () => {
    for (const reference of ["orders", ARN, "eu:west:1:us-east-1:x"]) {
      assert.equal(secretRegionProblem("eu-central-1")(reference), undefined);
    }
    assert.equal(
      secretRegionProblem("eu-west-1")(ARN),
      "must be in the region of the app's secrets ('region', else the AWS provider's), which is " +
        "the only one that its pods read",
    );
    assert.equal(
      secretRegionProblem("eu-central-1")(ARN.replace("arn:aws:", "arn:aws-cn:")),
      "must be of the partition aws, to which eu-central-1 belongs",
    );
  });
});

describe("The ARN of a secret", () => {
  for (const name of ["shop/orders-db", ARN]) {
    it(`may be that of "${name}"`, () => assert.equal(arnOfSecretProblem(name)(ARN), undefined));
  }
  for (const name of ["orders-db", "shop/orders", "shop/orders-db-AbCdEf", `${ARN}x`]) {
    it(`may not be that of another secret than "${name}"`, () => {
      assert.equal(
        arnOfSecretProblem(name)(ARN),
        "must be the ARN of the secret that 'secretName' names",
      );
    });
  }
});

describe("Several rules", () => {
  it("say what the first broken one says", () => {
    const rule = firstOf(
      (value) => (value.startsWith("a") ? undefined : "must start with a"),
      (value) => (value.endsWith("z") ? undefined : "must end with z"),
    );
    assert.deepEqual(["az", "a", "z", ""].map(rule), [
      undefined,
      "must end with z",
      "must start with a",
      "must start with a",
    ]);
  });
});
