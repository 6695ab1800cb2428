import * as assert from "node:assert/strict";
import {
  checkClient,
  checkKmsKeyArn,
  checkSnapshotIdentifier,
  checkSubnetIds,
  checkVpcId,
} from "../../../../components/secure-database/references";

const COMPONENT = "SecureDatabase 'orders'";

const refused = (run: () => void, path: string, problem: string): void =>
  assert.throws(run, {
    name: "ArgError",
    path,
    message: `${COMPONENT}: '${path}' ${problem}`,
  });

describe("references to what exists elsewhere", () => {
  it("are accepted as AWS writes them", () => {
    const key = "key/1234abcd-12ab-34cd-56ef-1234567890ab";
    assert.doesNotThrow(() => {
      checkVpcId(COMPONENT, "vpc-0a1b2c3d");
      checkSubnetIds(COMPONENT, ["subnet-0a", "subnet-0b", "subnet-0c"]);
      checkClient(COMPONENT, "cluster", "sg-0a1b2c3d");
      checkClient(COMPONENT, "cluster", "123456789012/sg-0a1b2c3d");
      checkSnapshotIdentifier(COMPONENT, "rds:orders-2026-01-01-02-30");
      for (const partition of ["aws", "aws-cn", "aws-us-gov"]) {
        checkKmsKeyArn(COMPONENT, `arn:${partition}:kms:eu-central-1:123456789012:${key}`);
      }
    });
  });

  it("are refused without two different subnets", () => {
    for (const [ids, different] of [
      [[], 0],
      [["subnet-a"], 1],
      [["subnet-a", "subnet-a"], 1],
    ] as const) {
      refused(
        () => checkSubnetIds(COMPONENT, ids),
        "subnetIds",
        "must hold at least two different subnets, in at least two availability zones, also for " +
          `one instance; got ${different}; add a subnet in another zone`,
      );
    }
  });

  it("are refused where a known one among the subnets is no subnet", () => {
    const unknown = { known: "later" };
    assert.doesNotThrow(() => checkSubnetIds(COMPONENT, [unknown, "subnet-a"]));
    refused(
      () => checkSubnetIds(COMPONENT, [unknown, "subnet-a", "my-subnet-b"]),
      "subnetIds[2]",
      'must be the id of a subnet ("subnet-…"); got "my-subnet-b"',
    );
  });

  it("are refused where a VPC is none", () => {
    refused(
      () => checkVpcId(COMPONENT, "my-vpc-1"),
      "vpcId",
      'must be the id of a VPC ("vpc-…"); got "my-vpc-1"',
    );
  });

  for (const group of ["10.0.0.0/16", "0.0.0.0/0", "::/0", "default", "my-sg-1", "x/sg-1", ""]) {
    it(`are refused where '${group}' is passed for a security group`, () =>
      refused(
        () => checkClient(COMPONENT, "jobs", group),
        "clients.jobs",
        `must be the id of a security group ("sg-…"); got "${group}"; address ranges cannot be ` +
          "admitted: give the client a security group and pass its id",
      ));
  }

  for (const key of [
    "alias/orders",
    "1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:kms:eu-central-1:123456789012:alias/orders",
    "arn:aws:kms:eu-central-1:123456789012:key/",
    "arn:aws:kms:eu-central-1:12345678901:key/1",
    "arn:aws:s3:::key/1",
    "arn:aws:kms:eu-central-1:123456789012:key/1\n",
    "x arn:aws:kms:eu-central-1:123456789012:key/1",
    "",
  ]) {
    it(`are refused where '${key}' is passed for a key's ARN`, () =>
      refused(
        () => checkKmsKeyArn(COMPONENT, key),
        "kmsKeyArn",
        'must be the ARN of a KMS key ("arn:aws:kms:REGION:ACCOUNT:key/ID"), not of an alias; ' +
          `got "${key}"`,
      ));
  }

  it("are refused where a snapshot has no name", () => {
    refused(
      () => checkSnapshotIdentifier(COMPONENT, ""),
      "restoreFrom.snapshotIdentifier",
      "must be the identifier or the ARN of a DB snapshot; got \"\"; leave 'restoreFrom' out for " +
        "an empty database",
    );
  });
});
